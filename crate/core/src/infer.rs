//! A tree to an expression: what each name is, which shape everything has, and the nodes.
//!
//! Shapes come first, over the tree alone, so that a reading of the undeclared names can be tried and dropped; nodes are
//! built once the shapes are certain.

mod build;
mod expand;
mod faults;
mod ranks;
mod resolve;
mod scopes;
mod shapes;
#[cfg(test)]
mod tests;

use crate::ast::{AstId, AstKind, Tree};
use crate::error::{Error, Kind, Result};
use crate::expr::{Arena, Assumption, FunctionId, NodeId, SymbolId};
use crate::lexer;
use crate::names::{self, Declared};
use crate::ordered::{Ordered, OrderedSet};
use crate::parser;
use crate::request::{DimSpec, Request, ShapeSpec, WrtSpec};
use crate::shape::{Dim, Dims, Formula, Shape};
use crate::sorting;
use expand::Known;
use resolve::{FunctionShape, Meaning, Names, Resolved};
use shapes::{Reading, Shaper};

/// A request, understood.
pub struct Question {
    pub arena: Arena,
    pub expr: NodeId,
    pub wrt: Vec<Wrt>,
    /// True where `wrt` is a list of scalars, read as one vector.
    pub wrt_is_list: bool,
    /// All variables: those of the text in order of first appearance, then what else is declared.
    pub names: Vec<(String, SymbolId)>,
    /// What `where` gives.
    pub given: Vec<(String, NodeId)>,
}

/// What to differentiate by.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrt {
    Symbol(NodeId),
    /// A component of a variable, by its subscripts (1-based).
    Component(NodeId, Vec<u64>),
}

/// A tree with its names resolved.
struct Work<'a, 'n> {
    ast: &'a Tree<'n>,
    names: &'a Names<'n>,
    resolved: &'a Resolved<'n>,
}

impl Work<'_, '_> {
    fn text(&self, id: AstId) -> &str {
        shapes::text_of(self.names.source, self.ast.span(id))
    }
}

// --- questions --------------------------------------------------------------------------------------------------

/// Reads the expression of a request, infers the shapes and builds the nodes.
pub fn read(request: &Request) -> Result<Question> {
    let ast = parser::parse(&request.expr, &request.declared())?;
    let mut dims = Dims::default();
    let mut names = declare(request, &mut dims);
    let ast = if expand::has_indices(&ast) {
        let known = |name: &str, slot: usize| {
            let shape = names.position(name).and_then(|v| names.variables[v].shape.as_ref());
            let given = ast.definitions.iter().any(|d| d.name == name);
            if given { Known::Other } else { ranks::known_dimension(shape, sizes(request, name), slot) }
        };
        let is_variable = |name: &str| {
            let in_wrt = request.wrt.iter().flat_map(WrtSpec::names).any(|wrt| wrt == name);
            in_wrt || names.position(name).is_some() || ast.definitions.iter().any(|d| d.name == name)
        };
        expand::expand(&ast, &known, &is_variable)?
    } else {
        ast
    };
    let missing = declare_wrt(request, &ast, &mut names, &dims)?;
    let none = Arena::empty();
    let resolved = resolve::resolve(&ast, &mut names, &mut dims, &none)?;
    if let Some(missing) = missing {
        // The derivative of a constant by anything is asked for; beside other names it is a slip.
        if !names.variables.is_empty() {
            return Err(wrt_missing(missing, &ast, &names));
        }
        names.add(missing, None, None);
    }
    ranks::narrow(&ast, &resolved, &mut names);
    assume_square(request, &names, &mut dims)?;
    let work = Work { ast: &ast, names: &names, resolved: &resolved };
    let (reading, dims) = best_reading(&work, &dims, &request.assume)?;
    question(request, &work, &reading, dims)
}

/// `Wx`, differentiated by `x`, is `W*x` run together; else the name may be misspelt.
fn wrt_missing(missing: &str, ast: &Tree, names: &Names) -> Error {
    for node in &ast.nodes {
        let AstKind::Name(name) = &node.kind else { continue };
        let behind = name.strip_suffix(missing).map(|rest| (rest, missing));
        let before = name.strip_prefix(missing).map(|rest| (missing, rest));
        if let Some((a, b)) = behind.or(before).filter(|(a, b)| lexer::is_name(a) && lexer::is_name(b)) {
            return faults::run_together(name, a, b).at(node.span);
        }
    }
    let near = names::nearest(missing, names.variables.iter().map(|v| v.name));
    faults::wrt_not_there(missing, near)
}

fn declare<'a>(request: &'a Request, dims: &mut Dims) -> Names<'a> {
    let mut names = Names {
        source: &request.expr,
        variables: Vec::new(),
        functions: Ordered::new(),
        bound: None,
        known: Vec::new(),
        differentials: false,
    };
    for (name, spec) in &request.vars {
        let shape = shape(spec, dims);
        names.add(name, Some(shape), None);
    }
    for (name, values) in &request.at {
        if names.position(name).is_none() {
            let at = names.add(name, None, None);
            names.variables[at].orders = [0, 1, 2].map(|order| order == values.shape.len());
        }
    }
    for (name, spec) in &request.funcs {
        let args = spec.args.iter().map(|arg| shape(arg, dims)).collect();
        let result = shape(&spec.result, dims);
        names.functions.insert(name.clone(), FunctionShape { args, result });
    }
    names
}

fn shape(spec: &ShapeSpec, dims: &mut Dims) -> Shape {
    Shape(spec.iter().map(|d| dimension(d, dims)).collect())
}

fn dimension(spec: &DimSpec, dims: &mut Dims) -> Dim {
    match spec {
        DimSpec::Size(n) => Dim::Size(*n),
        DimSpec::Name(name) => dims.declare(name),
        DimSpec::Formula(terms) => {
            let formula = terms.iter().fold(Formula::default(), |sum, (factor, names)| {
                let product = names.iter().fold(Formula::whole(1), |product, name| {
                    let name = dims.declare(name);
                    product.times(&dims.formula(name))
                });
                sum.plus(&product, *factor)
            });
            dims.of_formula(&formula)
        }
    }
}

fn sizes<'a>(request: &'a Request, name: &str) -> Option<&'a [usize]> {
    request.at.get(name).map(|values| &values.shape[..])
}

/// Declares the names of `wrt`; gives back one that the text does not have.
fn declare_wrt<'a>(request: &'a Request, ast: &Tree, names: &mut Names<'a>, dims: &Dims) -> Result<Option<&'a str>> {
    let Some(wrt) = &request.wrt else { return Ok(None) };
    let mut missing = None;
    for name in wrt.names() {
        if ast.definitions.iter().any(|d| d.name == name) {
            return Err(faults::wrt_given(name));
        }
        if names.position(name).is_none() {
            if dims.find(name).is_some() {
                return Err(faults::wrt_dimension(name));
            }
            let occurs = |kind: &AstKind| matches!(kind, AstKind::Name(other) if other == name);
            if !ast.nodes.iter().any(|node| occurs(&node.kind)) {
                missing = Some(name.as_str());
                continue;
            }
            names.add(name, None, None);
        }
        let Some(at) = names.position(name) else { continue };
        let variable = &mut names.variables[at];
        match (wrt, &variable.shape) {
            (WrtSpec::List(_), None) => variable.orders = [true, false, false],
            (WrtSpec::List(_), Some(shape)) if !shape.is_scalar() => {
                return Err(faults::wrt_list_entry(name, &dims.describe(shape)));
            }
            (WrtSpec::Component(_, places), None) => {
                variable.orders = [0, 1, 2].map(|order| order == places.len());
            }
            (WrtSpec::Component(_, places), Some(shape)) => component_exists(name, places, shape)?,
            _ => {}
        }
    }
    Ok(missing)
}

fn component_exists(name: &str, places: &[u64], shape: &Shape) -> Result<()> {
    if shape.order() != places.len() {
        return Err(faults::wrt_component(name, shape.order(), places.len()));
    }
    for (&k, dim) in places.iter().zip(&shape.0) {
        if let Dim::Size(n) = *dim
            && k > n
        {
            return Err(faults::no_such_entry(k as i64, n));
        }
    }
    Ok(())
}

/// Symmetric and invertible matrices are square.
fn assume_square(request: &Request, names: &Names, dims: &mut Dims) -> Result<()> {
    for (name, assumed) in &request.assume {
        let Some(at) = names.position(name) else { return Err(faults::assumed_not_there(name)) };
        let Some(shape) = names.variables[at].shape.as_ref().filter(|_| needs_square(assumed)) else { continue };
        let equated = match shape.0[..] {
            [m, n] => dims.equate(m, n, None).is_ok(),
            _ => false,
        };
        if !equated {
            return Err(faults::assumed_square(name, &dims.describe(shape)));
        }
    }
    Ok(())
}

fn needs_square(assumed: &[Assumption]) -> bool {
    assumed.iter().any(|a| matches!(a, Assumption::Symmetric | Assumption::Invertible))
}

/// The same of the matrices whose shapes were inferred.
fn square_as_assumed(
    work: &Work,
    reading: &Reading,
    dims: &mut Dims,
    assume: &Ordered<String, Vec<Assumption>>,
) -> Result<()> {
    for (variable, shape) in work.names.variables.iter().zip(&reading.variables) {
        let square = assume.get(variable.name).is_some_and(|assumed| needs_square(assumed));
        let ([m, n], true) = (&shape.0[..], square) else { continue };
        if dims.equate(*m, *n, None).is_err() {
            return Err(faults::assumed_square(variable.name, &dims.describe(shape)));
        }
    }
    Ok(())
}

/// The first reading that is well-shaped; if none is, what is wrong with the first.
fn best_reading(work: &Work, dims: &Dims, assume: &Ordered<String, Vec<Assumption>>) -> Result<(Reading, Dims)> {
    let mut first_fault = None;
    for &order in ranks::readings(work.names) {
        let mut dims = dims.snapshot();
        let mut shaper = Shaper::new(work.ast, work.names, work.resolved, &mut dims, order);
        match shaper.run() {
            Ok(()) => {
                let reading = shaper.reading;
                square_as_assumed(work, &reading, &mut dims, assume)?;
                name_dimensions(work, &reading, &mut dims);
                contextual_sizes_known(work, &reading, &dims)?;
                return Ok((reading, dims));
            }
            Err(fault) => {
                // Once more with names for all dimensions, so that the message can say them.
                name_dimensions(work, &shaper.reading, shaper.dims);
                let fault = shaper.run().err().unwrap_or(fault);
                // What is not built yet is not ill-shaped: no other reading is tried.
                if fault.kind != Kind::Shape {
                    return Err(first_fault.unwrap_or(fault));
                }
                first_fault.get_or_insert(fault);
            }
        }
    }
    Err(first_fault.unwrap_or_else(|| Error::new(Kind::Shape, say!("infer.no_fit"))))
}

/// Vectors get `n`; a matrix is m × n: its columns are named before its rows.
fn name_dimensions(work: &Work, reading: &Reading, dims: &mut Dims) {
    if dims.are_all_named() {
        return;
    }
    let mut taken: OrderedSet<&str> = work.names.variables.iter().map(|v| v.name).collect();
    taken.extend(reading.functions.keys().map(String::as_str));
    taken.extend(work.ast.definitions.iter().map(|d| d.name));
    for node in &work.ast.nodes {
        match &node.kind {
            AstKind::Name(name) | AstKind::SumOver { index: name, .. } => _ = taken.insert(*name),
            AstKind::Build { indices, .. } => taken.extend(indices.iter().map(|(name, _)| *name)),
            _ => {}
        }
    }
    let letters = ["n", "m", "k", "p", "q", "r", "s"].map(str::to_owned).into_iter();
    let mut free = letters.chain((1..).map(|k| format!("n{k}")));
    let functions = reading.functions.values().flat_map(|f| f.args.iter().chain([&f.result]));
    let in_order = text_order(work).into_iter().map(|v| &reading.variables[v]);
    for shape in in_order.chain(functions) {
        for &dim in shape.0.iter().rev() {
            let dim = dims.resolve(dim);
            if dims.has_name(dim) || !dims.is_plain(dim) {
                continue;
            }
            if let Some(name) = free.find(|name| !taken.contains(name.as_str()) && !dims.is_taken(name)) {
                dims.set_name(dim, &name);
            }
        }
    }
}

/// The variables by their place in the list: those of the text first, as they appear.
fn text_order(work: &Work) -> Vec<usize> {
    let mut order: Vec<usize> = (0..work.names.variables.len()).collect();
    if order.len() > 1 {
        let mut first = vec![usize::MAX; order.len()];
        for (node, meaning) in work.ast.nodes.iter().zip(&work.resolved.meanings) {
            if let Some(Meaning::Variable(v)) = meaning {
                first[*v] = first[*v].min(node.span.start);
            }
        }
        sorting::sort_by(&mut order, |a, b| (first[*a], *a).cmp(&(first[*b], *b)));
    }
    order
}

/// `vector(1)` and bare `eye` need a place that fixes their size.
fn contextual_sizes_known(work: &Work, reading: &Reading, dims: &Dims) -> Result<()> {
    for (&id, shape) in &reading.contextual {
        let known = |&dim: &Dim| dims.has_name(dim) || !dims.is_plain(dim);
        if !shape.0.iter().all(known) {
            return Err(faults::nothing_fixes(work.text(id)).at(work.ast.span(id)));
        }
    }
    Ok(())
}

fn question(request: &Request, work: &Work, reading: &Reading, dims: Dims) -> Result<Question> {
    let mut arena = Arena::new(dims);
    let mut nodes = vec![NodeId(0); work.names.variables.len()];
    let mut names = Vec::new();
    for v in text_order(work) {
        let variable = &work.names.variables[v];
        let shape = arena.dims.resolve_shape(&reading.variables[v]);
        let symbol = arena.new_symbol(variable.name, shape, None);
        arena.symbols[symbol.0 as usize].assumed = request.assume.get(variable.name).cloned().unwrap_or_default();
        nodes[v] = arena.symbol(symbol);
        names.push((variable.name.to_owned(), symbol));
    }
    let functions = new_functions(&mut arena, reading);
    arena.dims.frozen = true;
    let (expr, given) = build::Builder::new(work, reading, &mut arena, &nodes, &functions).run()?;
    arena.given = given.clone();
    let wrt = wrt(request, work, &arena, &nodes)?;
    let wrt_is_list = matches!(request.wrt, Some(WrtSpec::List(_)));
    Ok(Question { arena, expr, wrt, wrt_is_list, names, given })
}

fn new_functions(arena: &mut Arena, reading: &Reading) -> Ordered<String, FunctionId> {
    let mut functions = Ordered::new();
    for (name, shapes) in &reading.functions {
        let known = arena.functions.iter().position(|f| f.name == *name);
        let at = known.unwrap_or_else(|| {
            let args = shapes.args.iter().map(|arg| arena.dims.resolve_shape(arg)).collect();
            let result = arena.dims.resolve_shape(&shapes.result);
            arena.functions.push(crate::expr::Function { name: name.clone(), args, result });
            arena.functions.len() - 1
        });
        functions.insert(name.clone(), FunctionId(at as u32));
    }
    functions
}

fn wrt(request: &Request, work: &Work, arena: &Arena, nodes: &[NodeId]) -> Result<Vec<Wrt>> {
    let Some(spec) = &request.wrt else { return Ok(Vec::new()) };
    let mut wrt = Vec::new();
    for name in spec.names() {
        let Some(v) = work.names.position(name) else { return Err(faults::wrt_not_there(name, None)) };
        wrt.push(match spec {
            WrtSpec::Component(_, places) => {
                component_exists(name, places, arena.shape(nodes[v]))?;
                Wrt::Component(nodes[v], places.clone())
            }
            WrtSpec::List(_) if !arena.shape(nodes[v]).is_scalar() => {
                return Err(faults::wrt_list_entry(name, &arena.dims.describe(arena.shape(nodes[v]))));
            }
            _ => Wrt::Symbol(nodes[v]),
        });
    }
    Ok(wrt)
}

// --- texts on an arena ------------------------------------------------------------------------------------------

/// Reads a rule's text, once.
///
/// # Panics
/// Where it cannot be read: a defect of the rule.
pub fn parse_rule(text: &str) -> Tree<'_> {
    match parser::parse(text, &Declared::default()) {
        Ok(ast) => ast,
        Err(error) => panic!("the rule `{text}`: {}", error.message),
    }
}

/// Builds a rule's text on nodes that its names stand for. `d(e)` is a differential not yet taken.
pub fn elaborate_rule(arena: &mut Arena, ast: &Tree, bound: &[(&str, NodeId)]) -> Result<NodeId> {
    let find = |name: &str| bound.iter().find(|(known, _)| *known == name).map(|(_, node)| *node);
    let names = on_arena(arena, "", &find, Vec::new(), true);
    elaborate_ast(arena, ast, names, None)
}

/// Builds a text whose names are all known: a learner's answer, or a result read back. Dimensions and functions are
/// the arena's; `where` is allowed. `expected` is the shape that the text is meant to have: it fixes the size of
/// constants such as `eye` where nothing else does. The arena's dimensions stay as they are.
pub fn elaborate(
    arena: &mut Arena,
    text: &str,
    known: &[(String, NodeId)],
    expected: Option<&Shape>,
) -> Result<NodeId> {
    elaborate_text(arena, text, known, expected, false)
}

/// The same for a line of a derivation: `d(e)` is a differential not yet taken.
pub fn elaborate_line(
    arena: &mut Arena,
    text: &str,
    known: &[(String, NodeId)],
    expected: Option<&Shape>,
) -> Result<NodeId> {
    elaborate_text(arena, text, known, expected, true)
}

fn elaborate_text(
    arena: &mut Arena,
    text: &str,
    known: &[(String, NodeId)],
    expected: Option<&Shape>,
    differentials: bool,
) -> Result<NodeId> {
    let dimensions = arena.dims.names();
    let declared = Declared {
        variables: known.iter().map(|(name, _)| name.as_str()).collect(),
        dimensions: dimensions.iter().map(|(_, name)| name.as_str()).collect(),
        functions: arena.functions.iter().map(|f| f.name.as_str()).collect(),
    };
    let ast = parser::parse(text, &declared)?;
    let find = |name: &str| known.iter().find(|(n, _)| n == name).map(|(_, node)| *node);
    let before = arena.dims.snapshot();
    let names = on_arena(arena, text, &find, known.iter().map(|(name, _)| name.clone()).collect(), differentials);
    let built = elaborate_ast(arena, &ast, names, expected);
    let merged = before.names().iter().any(|(dim, _)| arena.dims.resolve(*dim) != *dim);
    if built.is_err() || merged {
        arena.dims = before;
    }
    if merged { built.and_then(|_| Err(faults::changes_dimensions().at(ast.span(AstId(0))))) } else { built }
}

fn on_arena<'a>(
    arena: &Arena,
    source: &'a str,
    bound: &'a dyn Fn(&str) -> Option<NodeId>,
    known: Vec<String>,
    differentials: bool,
) -> Names<'a> {
    let shapes = |f: &crate::expr::Function| FunctionShape { args: f.args.clone(), result: f.result.clone() };
    Names {
        source,
        variables: Vec::new(),
        functions: arena.functions.iter().map(|f| (f.name.clone(), shapes(f))).collect(),
        bound: Some(bound),
        known,
        differentials,
    }
}

fn elaborate_ast<'a>(
    arena: &mut Arena,
    ast: &Tree<'a>,
    mut names: Names<'a>,
    expected: Option<&Shape>,
) -> Result<NodeId> {
    let bound = names.bound;
    let node = |name: &str| bound.and_then(|bound| bound(name));
    let written_out;
    let expanded = if expand::has_indices(ast) {
        let known = |name: &str, slot: usize| ranks::known_dimension(node(name).map(|id| arena.shape(id)), None, slot);
        let is_variable = |name: &str| node(name).is_some() || ast.definitions.iter().any(|d| d.name == name);
        written_out = expand::expand(ast, &known, &is_variable)?;
        &written_out
    } else {
        ast
    };
    let mut dims = std::mem::take(&mut arena.dims);
    let was_frozen = std::mem::replace(&mut dims.frozen, false);
    let shaped = resolve::resolve(expanded, &mut names, &mut dims, arena).and_then(|resolved| {
        let work = Work { ast: expanded, names: &names, resolved: &resolved };
        let reading = known_shapes(&work, &mut dims, expected)?;
        Ok((resolved, reading))
    });
    dims.set_place(None);
    dims.frozen = was_frozen;
    arena.dims = dims;
    let (resolved, reading) = shaped?;
    let nodes: Vec<NodeId> = names.variables.iter().map(|v| v.node.unwrap_or(NodeId(0))).collect();
    let functions = new_functions(arena, &reading);
    let work = Work { ast: expanded, names: &names, resolved: &resolved };
    Ok(build::Builder::new(&work, &reading, arena, &nodes, &functions).run()?.0)
}

/// The shapes of a text whose names all have theirs.
fn known_shapes(work: &Work, dims: &mut Dims, expected: Option<&Shape>) -> Result<Reading> {
    let mut shaper = Shaper::new(work.ast, work.names, work.resolved, dims, |_| 0);
    shaper.run()?;
    let shape = work.ast.root.map(|root| shaper.shape(root)).unwrap_or_default();
    let reading = shaper.reading;
    if let Some(expected) = expected.filter(|_| !reading.contextual.is_empty()) {
        fix_by(expected, &shape, dims);
    }
    contextual_sizes_known(work, &reading, dims)?;
    Ok(reading)
}

/// Dimensions that are still open take those of the expected shape; a row counts as its vector.
fn fix_by(expected: &Shape, shape: &Shape, dims: &mut Dims) {
    let long = |s: &Shape| -> Vec<Dim> { s.0.iter().copied().filter(|&d| d != Dim::Size(1)).collect() };
    let (wanted, found) = (long(expected), long(shape));
    if wanted.len() == found.len() {
        for (wanted, found) in wanted.into_iter().zip(found) {
            if !dims.has_name(found) && dims.is_plain(found) {
                // It is open, so it cannot clash.
                let _ = dims.equate(wanted, found, None);
            }
        }
    }
}
