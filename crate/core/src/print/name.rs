//! Names: how a variable's name looks in LaTeX, and names for bound indices that collide with nothing.

use crate::expr::{Arena, IndexId, NodeId, SymbolId};
use crate::map::Map;
use crate::op::Data;
use crate::ordered::{Ordered, OrderedSet};

/// Greek letters: spelled out, the letter, the command. Capitals that look Latin are upright Latin letters.
const GREEK: &[(&str, &str, &str)] = &[
    ("alpha", "α", "\\alpha"),
    ("beta", "β", "\\beta"),
    ("gamma", "γ", "\\gamma"),
    ("delta", "δ", "\\delta"),
    ("epsilon", "ϵ", "\\epsilon"),
    ("varepsilon", "ε", "\\varepsilon"),
    ("zeta", "ζ", "\\zeta"),
    ("eta", "η", "\\eta"),
    ("theta", "θ", "\\theta"),
    ("vartheta", "ϑ", "\\vartheta"),
    ("iota", "ι", "\\iota"),
    ("kappa", "κ", "\\kappa"),
    ("lambda", "λ", "\\lambda"),
    ("mu", "μ", "\\mu"),
    ("nu", "ν", "\\nu"),
    ("xi", "ξ", "\\xi"),
    ("omicron", "ο", "o"),
    ("pi", "π", "\\pi"),
    ("rho", "ρ", "\\rho"),
    ("sigma", "σ", "\\sigma"),
    ("varsigma", "ς", "\\varsigma"),
    ("tau", "τ", "\\tau"),
    ("upsilon", "υ", "\\upsilon"),
    ("phi", "ϕ", "\\phi"),
    ("varphi", "φ", "\\varphi"),
    ("chi", "χ", "\\chi"),
    ("psi", "ψ", "\\psi"),
    ("omega", "ω", "\\omega"),
    ("Alpha", "Α", "\\mathrm{A}"),
    ("Beta", "Β", "\\mathrm{B}"),
    ("Gamma", "Γ", "\\Gamma"),
    ("Delta", "Δ", "\\Delta"),
    ("Epsilon", "Ε", "\\mathrm{E}"),
    ("Zeta", "Ζ", "\\mathrm{Z}"),
    ("Eta", "Η", "\\mathrm{H}"),
    ("Theta", "Θ", "\\Theta"),
    ("Iota", "Ι", "\\mathrm{I}"),
    ("Kappa", "Κ", "\\mathrm{K}"),
    ("Lambda", "Λ", "\\Lambda"),
    ("Mu", "Μ", "\\mathrm{M}"),
    ("Nu", "Ν", "\\mathrm{N}"),
    ("Xi", "Ξ", "\\Xi"),
    ("Omicron", "Ο", "\\mathrm{O}"),
    ("Pi", "Π", "\\Pi"),
    ("Rho", "Ρ", "\\mathrm{P}"),
    ("Sigma", "Σ", "\\Sigma"),
    ("Tau", "Τ", "\\mathrm{T}"),
    ("Upsilon", "Υ", "\\Upsilon"),
    ("Phi", "Φ", "\\Phi"),
    ("Chi", "Χ", "\\mathrm{X}"),
    ("Psi", "Ψ", "\\Psi"),
    ("Omega", "Ω", "\\Omega"),
];

/// Endings of names that are marks over the letter.
const ACCENTS: &[(&str, &str)] = &[("hat", "\\hat"), ("tilde", "\\tilde"), ("bar", "\\bar"), ("dot", "\\dot")];

/// How the letter of a name is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Scalars.
    Italic,
    /// Vectors and matrices.
    Bold,
    /// Functions: more than one letter stands upright.
    Function,
}

fn greek(word: &str) -> Option<&'static str> {
    GREEK.iter().find(|(spelled, letter, _)| *spelled == word || *letter == word).map(|(_, _, command)| *command)
}

/// The English name of a Greek letter, spelled out or not.
pub(crate) fn greek_word(word: &str) -> Option<&'static str> {
    GREEK.iter().find(|(spelled, letter, _)| *spelled == word || *letter == word).map(|(spelled, ..)| *spelled)
}

/// A Greek letter itself, spelled out or not.
pub(crate) fn greek_letter(word: &str) -> Option<&'static str> {
    GREEK.iter().find(|(spelled, letter, _)| *spelled == word || *letter == word).map(|(_, letter, _)| *letter)
}

fn base(word: &str, face: Face) -> String {
    if let Some(command) = greek(word) {
        return if face == Face::Bold { format!("\\boldsymbol{{{command}}}") } else { command.to_owned() };
    }
    let one_letter = word.chars().count() == 1;
    let safe = escaped(word);
    if !word.is_ascii() {
        return match face {
            Face::Bold => format!("\\textbf{{{safe}}}"),
            Face::Italic | Face::Function => format!("\\text{{{safe}}}"),
        };
    }
    match face {
        Face::Bold => format!("\\mathbf{{{safe}}}"),
        Face::Italic if one_letter => safe,
        Face::Function if one_letter => safe,
        Face::Italic => format!("\\mathit{{{safe}}}"),
        Face::Function => format!("\\operatorname{{{safe}}}"),
    }
}

/// Names hold letters, digits and `_` only; whatever else there might be is left out.
fn escaped(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect::<String>().replace('_', "\\_")
}

fn subscript(part: &str) -> String {
    match greek(part) {
        Some(command) => command.to_owned(),
        None if part.is_ascii() && (part.len() == 1 || part.bytes().all(|b| b.is_ascii_digit())) => escaped(part),
        None => format!("\\text{{{}}}", escaped(part)),
    }
}

/// A name in LaTeX: `w_1` is w with an index, `x_hat` wears a hat, `alpha` is the letter.
pub fn latex(name: &str, face: Face) -> String {
    let parts: Vec<&str> = name.split('_').collect();
    if parts.iter().any(|p| p.is_empty()) {
        return base(name, face);
    }
    let mut letter = base(parts[0], face);
    let mut below = Vec::new();
    for part in &parts[1..] {
        match ACCENTS.iter().find(|(word, _)| word == part) {
            Some((_, command)) => letter = format!("{command}{{{letter}}}"),
            None => below.push(subscript(part)),
        }
    }
    if below.is_empty() { letter } else { format!("{letter}_{{{}}}", below.join(",")) }
}

/// The LaTeX of a name among others: `x1` is written with an index unless that would look like another name's.
pub(crate) fn latex_in(arena: &Arena, name: &str, face: Face) -> String {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let stem = &name[..name.len() - digits.len()];
    let spaced = format!("{stem}_{digits}");
    let taken = |other: &str| arena.symbols.iter().any(|s| s.name == other);
    let is_index = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !stem.contains('_');
    if is_index && !stem.is_empty() && !taken(stem) && !taken(&spaced) {
        latex(&spaced, face)
    } else {
        latex(name, face)
    }
}

/// True where the LaTeX of a scalar's name is one letter, with or without marks.
pub(crate) fn is_letter(name: &str) -> bool {
    let stem = name.split('_').next().unwrap_or(name).trim_end_matches(|c: char| c.is_ascii_digit());
    stem.chars().count() == 1 || greek(stem).is_some()
}

/// Names that mean something already: variables, dimensions, functions, and the intermediates below `roots`.
pub(crate) fn taken(arena: &Arena, roots: &[NodeId]) -> OrderedSet<String> {
    let here: OrderedSet<_> = arena.reachable(roots).into_iter().filter_map(|id| arena.symbol_of(id)).collect();
    let matters = |at: usize| here.contains(&SymbolId(at as u32)) || arena.symbols[at].definition.is_none();
    let symbols = (0..arena.symbols.len()).filter(|&at| matters(at)).map(|at| arena.symbols[at].name.clone());
    let functions = arena.functions.iter().map(|f| f.name.clone());
    let dims = arena.dims.names().into_iter().map(|(_, name)| name);
    symbols.chain(functions).chain(dims).collect()
}

/// Letters for indices whose own name is taken.
const INDEX_LETTERS: [&str; 10] = ["i", "j", "k", "l", "p", "q", "r", "s", "t", "v"];

/// A name for every bound index below `roots`, free of collisions with variables and with the other indices that occur
/// in the same place. Indices that never meet may share a name, as they do when typed.
pub(crate) fn indices(arena: &Arena, roots: &[NodeId]) -> Ordered<IndexId, String> {
    let mut order: OrderedSet<IndexId> = OrderedSet::new();
    if arena.indices.is_empty() {
        return Ordered::new();
    }
    let reachable = arena.reachable(roots);
    for &id in &reachable {
        order.extend(arena.get(id).free.iter().copied());
        if let Data::Binds(bound) = &arena.get(id).data {
            order.extend(bound.iter().copied());
        }
    }
    if order.is_empty() {
        return Ordered::new();
    }
    let place: Map<IndexId, usize> = order.iter().enumerate().map(|(at, &i)| (i, at)).collect();
    let words = order.len().div_ceil(64);
    let mut meets = vec![vec![0u64; words]; order.len()];
    let mut mentions: Map<NodeId, Vec<u64>> = Map::default();
    for &id in &reachable {
        let node = arena.get(id);
        let mut here = vec![0u64; words];
        for arg in &node.args {
            here.iter_mut().zip(&mentions[arg]).for_each(|(h, m)| *h |= m);
        }
        let bound: &[IndexId] = if let Data::Binds(bound) = &node.data { bound } else { &[] };
        for index in node.free.iter().chain(bound) {
            let at = place[index];
            here[at / 64] |= 1 << (at % 64);
        }
        // Whatever stands in the scope of an index must not be called like it; so too what stays free at a root.
        let open: &[IndexId] = if roots.contains(&id) { &node.free } else { &[] };
        for at in bound.iter().chain(open).map(|index| place[index]) {
            meets[at].iter_mut().zip(&here).for_each(|(m, h)| *m |= h);
            for other in (0..order.len()).filter(|other| here[other / 64] >> (other % 64) & 1 == 1) {
                meets[other][at / 64] |= 1 << (at % 64);
            }
        }
        mentions.insert(id, here);
    }
    let taken = taken(arena, roots);
    let mut names: Ordered<IndexId, String> = Ordered::new();
    for (at, &index) in order.iter().enumerate() {
        let rivals: OrderedSet<&String> = names
            .iter()
            .filter(|(other, _)| meets[at][place[other] / 64] >> (place[other] % 64) & 1 == 1)
            .map(|(_, name)| name)
            .collect();
        let own = arena.indices[index.0 as usize].name.clone();
        let letters = INDEX_LETTERS.iter().map(|l| (*l).to_owned());
        let numbered = (1..).map(|n| format!("i_{n}"));
        let fits = |name: &String| !taken.contains(name) && !rivals.contains(name);
        let name = std::iter::once(own).chain(letters).chain(numbered).find(fits);
        names.insert(index, name.expect("there is always a further number"));
    }
    names
}

/// The first of `stem_1`, `stem_2`, … that is free; takes it.
pub(crate) fn fresh(taken: &mut OrderedSet<String>, stem: &str, separator: &str) -> String {
    let free = (1..).map(|n| format!("{stem}{separator}{n}")).find(|name| !taken.contains(name));
    let name = free.expect("there is always a further number");
    taken.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Dims, Shape};

    #[test]
    fn names_in_latex() {
        let rows = [
            ("x", Face::Italic, "x"),
            ("x", Face::Bold, "\\mathbf{x}"),
            ("alpha", Face::Italic, "\\alpha"),
            ("θ", Face::Bold, "\\boldsymbol{\\theta}"),
            ("w_1", Face::Italic, "w_{1}"),
            ("w_1_j", Face::Italic, "w_{1,j}"),
            ("w_hat", Face::Bold, "\\hat{\\mathbf{w}}"),
            ("y_hat_i", Face::Italic, "\\hat{y}_{i}"),
            ("W_out", Face::Bold, "\\mathbf{W}_{\\text{out}}"),
            ("loss", Face::Italic, "\\mathit{loss}"),
            ("net", Face::Function, "\\operatorname{net}"),
            ("x_", Face::Italic, "\\mathit{x\\_}"),
            ("mu_theta", Face::Italic, "\\mu_{\\theta}"),
            ("é", Face::Italic, "\\text{é}"),
            ("Beta", Face::Italic, "\\mathrm{B}"),
        ];
        for (name, face, expected) in rows {
            assert_eq!(latex(name, face), expected, "{name}");
        }
    }

    #[test]
    fn a_number_behind_a_name_is_an_index_unless_it_would_be_mistaken() {
        let mut arena = Arena::new(Dims::default());
        arena.new_symbol("x1", Shape::SCALAR, None);
        assert_eq!(latex_in(&arena, "x1", Face::Italic), "x_{1}");
        arena.new_symbol("x", Shape::SCALAR, None);
        assert_eq!(latex_in(&arena, "x1", Face::Italic), "\\mathit{x1}");
    }
}
