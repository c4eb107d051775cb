//! One expression written in other forms that are equal to it: reordered, distributed, transposed twice, by identities
//! between functions, definitions unfolded, parts named by `where`. The same seed scrambles the same way.

use chalkgrad_core::expr::{Arena, NodeId};
use chalkgrad_core::infer::{elaborate_rule, parse_rule};
use chalkgrad_core::map::Map;
use chalkgrad_core::op::Data;
use chalkgrad_core::ops::arithmetic::{ADD, DIVIDE, MULTIPLY, POWER};
use chalkgrad_core::ops::products::{DOT, PRODUCT, TRANSPOSE};
use chalkgrad_core::print::text::text;
use oorandom::Rand64;

/// Identities: a function (by its usage in the catalogue or its name) and the same otherwise, for arguments of any one
/// shape. They hold wherever the left side is defined, and the right side is defined there too.
const IDENTITIES: [(&str, &str); 48] = [
    ("sigmoid", "1 ./ (1 + exp(-u))"),
    ("sigmoid", "1 - sigmoid(-u)"),
    ("sigmoid", "(1 + tanh(u ./ 2)) ./ 2"),
    ("tanh", "2 .* sigmoid(2 .* u) - 1"),
    ("tanh", "-tanh(-u)"),
    ("tanh", "1 - 2 ./ (exp(2 .* u) + 1)"),
    ("relu", "max(0, u)"),
    ("relu", "u .* step(u)"),
    ("relu", "(u + abs(u)) ./ 2"),
    ("softplus", "u + softplus(-u)"),
    ("softplus", "-log(sigmoid(-u))"),
    ("step", "u > 0"),
    ("step", "(0 < u)"),
    ("sign", "-sign(-u)"),
    ("abs", "abs(-u)"),
    ("abs", "max(u, -u)"),
    ("abs", "u .* sign(u)"),
    ("abs", "sqrt(u.^2)"),
    ("exp", "1 ./ exp(-u)"),
    ("exp", "exp(u ./ 2).^2"),
    ("exp", "1 + expm1(u)"),
    ("log", "-log(1 ./ u)"),
    ("log", "2 .* log(sqrt(u))"),
    ("log", "log(2 .* u) - log(2)"),
    ("sqrt", "u.^(1/2)"),
    ("cbrt", "-cbrt(-u)"),
    ("sin", "-sin(-u)"),
    ("sin", "2 .* sin(u ./ 2) .* cos(u ./ 2)"),
    ("sin", "cos(pi/2 - u)"),
    ("cos", "cos(-u)"),
    ("cos", "1 - 2 .* sin(u ./ 2).^2"),
    ("tan", "sin(u) ./ cos(u)"),
    ("sec", "1 ./ cos(u)"),
    ("csc", "1 ./ sin(u)"),
    ("cot", "cos(u) ./ sin(u)"),
    ("sinh", "(exp(u) - exp(-u)) ./ 2"),
    ("cosh", "(exp(u) + exp(-u)) ./ 2"),
    ("erf", "-erf(-u)"),
    ("sum", "-sum(-u)"),
    ("sum", "sum(3 .* u) / 3"),
    ("mean", "mean(2 .* u) / 2"),
    ("norm2", "sqrt(sum(u.^2))"),
    ("norm2", "norm2(-u)"),
    ("norm1", "sum(abs(u))"),
    ("logsumexp", "log(sum(exp(u)))"),
    ("det", "det(u')"),
    ("inv", "inv(u')'"),
    ("inv", "adj(u) / det(u)"),
];

/// The same for functions of two arguments.
const OF_TWO: [(&str, &str); 4] =
    [("max", "(u + v + abs(u - v)) ./ 2"), ("max", "-min(-u, -v)"), ("min", "-max(-u, -v)"), ("dot", "sum(u .* v)")];

/// What may be done to any part.
const ANYWHERE: [&str; 5] = ["-(-u)", "(u + u) / 2", "2 u - u", "1 * u + 0", "(3 u - u) / 2"];

pub struct Scrambler {
    pub random: Rand64,
    next_name: usize,
}

impl Scrambler {
    pub fn new(seed: u128) -> Scrambler {
        Scrambler { random: Rand64::new(seed), next_name: 0 }
    }

    fn below(&mut self, count: usize) -> usize {
        self.random.rand_range(0..count.max(1) as u64) as usize
    }

    /// The text of an equal form; `None` where no change was found or it cannot be written.
    pub fn scrambled(&mut self, arena: &mut Arena, root: NodeId) -> Option<String> {
        let mut now = root;
        for _ in 0..1 + self.below(4) {
            now = match self.below(7) {
                0 => self.shuffled(arena, now),
                1 => self.at_one(arena, now, distributed),
                2 => self.at_one(arena, now, transposed_twice),
                3 => self.at_one(arena, now, otherwise),
                4 => self.anywhere(arena, now),
                _ => self.identity(arena, now),
            };
        }
        let plain = text(arena, root).ok()?;
        let written = if self.below(4) == 0 { self.with_helper(arena, now)? } else { text(arena, now).ok()? };
        (written != plain).then_some(written)
    }

    /// Terms of sums and factors of products of numbers in another order.
    fn shuffled(&mut self, arena: &mut Arena, root: NodeId) -> NodeId {
        let mut new: Map<NodeId, NodeId> = Map::default();
        for id in arena.reachable(&[root]) {
            let node = arena.get(id).clone();
            let mut args: Vec<NodeId> = node.args.iter().map(|arg| new[arg]).collect();
            if node.op == &ADD || node.op == &MULTIPLY || node.op == &DOT {
                for at in (1..args.len()).rev() {
                    args.swap(at, self.below(at + 1));
                }
            }
            let made = if *args == *node.args { id } else { arena.rebuild(&node, &args) };
            new.insert(id, made);
        }
        new[&root]
    }

    /// One part, chosen by chance among those that `change` takes, in its other form.
    fn at_one(&mut self, arena: &mut Arena, root: NodeId, change: fn(&mut Arena, NodeId) -> Option<NodeId>) -> NodeId {
        let reached = arena.reachable(&[root]);
        let start = self.below(reached.len());
        for id in reached[start..].iter().chain(&reached[..start]).copied() {
            if let Some(made) = change(arena, id).filter(|&made| made != id) {
                return arena.replace(root, &Map::from_iter([(id, made)]));
            }
        }
        root
    }

    fn anywhere(&mut self, arena: &mut Arena, root: NodeId) -> NodeId {
        let reached: Vec<NodeId> =
            arena.reachable(&[root]).into_iter().filter(|&id| can_be_replaced(arena, id)).collect();
        if reached.is_empty() {
            return root;
        }
        let id = reached[self.below(reached.len())];
        let template = ANYWHERE[self.below(ANYWHERE.len())];
        put(arena, root, id, template, &[id])
    }

    fn identity(&mut self, arena: &mut Arena, root: NodeId) -> NodeId {
        let mut places: Vec<(NodeId, &str)> = Vec::new();
        for id in arena.reachable(&[root]).into_iter().filter(|&id| can_be_replaced(arena, id)) {
            let (name, count) = (arena.op(id).name, arena.args(id).len());
            let table: &[(&str, &str)] = if count == 1 { &IDENTITIES } else { &OF_TWO };
            let fitting = table.iter().filter(|(of, _)| *of == name && (1..=2).contains(&count));
            places.extend(fitting.map(|(_, template)| (id, *template)));
        }
        if places.is_empty() {
            return root;
        }
        let (id, template) = places[self.below(places.len())];
        let args = arena.args(id).to_vec();
        put(arena, root, id, template, &args)
    }

    /// The text with one part given a name by `where`, under names that the expression may use otherwise.
    fn with_helper(&mut self, arena: &mut Arena, root: NodeId) -> Option<String> {
        let inner = |id: &NodeId| *id != root && !arena.args(*id).is_empty() && can_be_replaced(arena, *id);
        let parts: Vec<NodeId> = arena.reachable(&[root]).into_iter().filter(inner).collect();
        if parts.is_empty() {
            return None;
        }
        let part = parts[self.below(parts.len())];
        let definition = text(arena, part).ok().filter(|text| !text.contains(" where "))?;
        self.next_name += 1;
        let name = format!("{}_{}", ["h", "r", "help", "δ"][self.below(4)], 70 + self.next_name % 20);
        let shape = arena.shape(part).clone();
        let symbol = arena.new_symbol(&name, shape, None);
        let leaf = arena.symbol(symbol);
        let short = arena.replace(root, &Map::from_iter([(part, leaf)]));
        let written = text(arena, short).ok()?;
        Some(match written.split_once(" where ") {
            Some((body, rest)) => format!("{body} where {name} = {definition}, {rest}"),
            None => format!("{written} where {name} = {definition}"),
        })
    }
}

/// A part without bound indices, a number or a list of them.
fn can_be_replaced(arena: &Arena, id: NodeId) -> bool {
    let node = arena.get(id);
    node.free.is_empty() && node.shape.order() <= 2 && arena.unexpanded(id) == id && node.op.name != "index"
}

/// The part by a template in our language, in which its arguments are `u` and `v`; the root as it is where that cannot be.
fn put(arena: &mut Arena, root: NodeId, id: NodeId, template: &str, args: &[NodeId]) -> NodeId {
    let bound: Vec<(&str, NodeId)> = ["u", "v"].into_iter().zip(args.iter().copied()).collect();
    match elaborate_rule(arena, &parse_rule(template), &bound) {
        Ok(made) if arena.shape(made) == arena.shape(id) => arena.replace(root, &Map::from_iter([(id, made)])),
        _ => root,
    }
}

/// `a (b + c)` as `a b + a c`.
fn distributed(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    if ![&MULTIPLY, &PRODUCT, &DOT].contains(&node.op) {
        return None;
    }
    let at = node.args.iter().position(|&arg| arena.is(arg, &ADD))?;
    let terms = arena.args(node.args[at]).to_vec();
    let products: Vec<NodeId> = terms
        .into_iter()
        .map(|term| {
            let mut args = node.args.clone();
            args[at] = term;
            arena.rebuild(&node, &args)
        })
        .collect();
    products.iter().all(|&p| *arena.shape(p) == node.shape).then(|| arena.add(&products))
}

/// `A B` as `(B' A')'`, and any other matrix as `A''`.
fn transposed_twice(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    if !node.shape.is_matrix() || !node.free.is_empty() {
        return None;
    }
    let inner = if node.op == &PRODUCT && node.args.iter().all(|&arg| arena.shape(arg).is_matrix()) {
        let turned: Vec<NodeId> = node.args.iter().rev().map(|&arg| arena.transpose(arg)).collect();
        turned[1..].iter().try_fold(turned[0], |chain, &factor| arena.product(chain, factor)).ok()?
    } else {
        arena.transpose(id)
    };
    let made = arena.make(&TRANSPOSE, &[inner], Data::None).ok()?;
    (*arena.shape(made) == node.shape).then_some(made)
}

/// Quotients as products with a power, squares as products, differences the other way round, products by halves.
fn otherwise(arena: &mut Arena, id: NodeId) -> Option<NodeId> {
    let node = arena.get(id).clone();
    if !node.free.is_empty() {
        return None;
    }
    if node.op == &DIVIDE {
        let minus_one = arena.int(-1);
        let power = arena.power(node.args[1], minus_one);
        return Some(arena.multiply(&[node.args[0], power]));
    }
    if node.op == &POWER && arena.number_of(node.args[1]).is_some_and(|n| n.to_f64() == 2.0) {
        return Some(arena.multiply(&[node.args[0], node.args[0]]));
    }
    if node.op == &ADD {
        let turned: Vec<NodeId> = node.args.iter().rev().map(|&arg| arena.negate(arg)).collect();
        let sum = arena.add(&turned);
        return Some(arena.negate(sum));
    }
    if node.op == &MULTIPLY {
        let (one, two) = (arena.int(1), arena.int(2));
        let half = arena.divide(one, two);
        return Some(arena.multiply(&[&[two], &node.args[..], &[half]].concat()));
    }
    None
}
