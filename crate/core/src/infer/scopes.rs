//! Which index is bound where, and what each part of the tree is used as.

use crate::ast::{AstId, AstKind, Subscript, Tree, each_child};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing refers to it.
    Unused,
    Value,
    /// A subscript: `i+1` in `x[i+1]`.
    Place,
    /// The size of something: `n` in `ones(n)`.
    Dimension,
}

/// A bound index: the node that binds it, and which of its indices it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Binder {
    pub node: AstId,
    pub slot: usize,
}

/// What binds one index more than its parent; by their numbers from 1. (0 binds nothing.)
struct Scope<'n> {
    parent: u32,
    name: &'n str,
    binder: Binder,
}

/// The same of one node.
#[derive(Clone, Copy)]
struct Place {
    scope: u32,
    role: Role,
    parent: Option<AstId>,
}

pub struct Scopes<'n> {
    table: Vec<Scope<'n>>,
    places: Vec<Place>,
}

/// True where a function has a size as this argument (from 0).
pub fn takes_size(function: &str, slot: usize) -> bool {
    matches!(function, "ones" | "zeros" | "eye" | "split") || matches!(function, "unvec" | "prod_but") && slot > 0
}

impl<'n> Scopes<'n> {
    pub fn of(ast: &Tree<'n>) -> Scopes<'n> {
        let mut scopes = Scopes {
            table: Vec::new(),
            places: vec![Place { scope: 0, role: Role::Unused, parent: None }; ast.nodes.len()],
        };
        for root in ast.root.into_iter().chain(ast.definitions.iter().map(|d| d.value)) {
            scopes.places[root.0 as usize].role = Role::Value;
        }
        // Parents come after their children: from the back, each node's scope is known when it is reached.
        for at in (0..ast.nodes.len()).rev() {
            let id = AstId(at as u32);
            let Place { scope, role, .. } = scopes.places[at];
            match role {
                // The rows of a matrix have its entries under them too.
                Role::Unused => {
                    each_child(&ast.get(id).kind, |child| scopes.places[child.0 as usize].parent = Some(id))
                }
                Role::Place | Role::Dimension => {
                    each_child(&ast.get(id).kind, |child| scopes.set(child, id, role, scope));
                }
                Role::Value => scopes.enter(ast, id, scope),
            }
        }
        scopes
    }

    fn set(&mut self, id: AstId, parent: AstId, role: Role, scope: u32) {
        self.places[id.0 as usize] = Place { scope, role, parent: Some(parent) };
    }

    fn bind(&mut self, parent: u32, name: &'n str, binder: Binder) -> u32 {
        self.table.push(Scope { parent, name, binder });
        self.table.len() as u32
    }

    fn enter(&mut self, ast: &Tree<'n>, id: AstId, scope: u32) {
        match &ast.get(id).kind {
            AstKind::SumOver { index, low, high, body } => {
                self.set(*low, id, Role::Dimension, scope);
                self.set(*high, id, Role::Dimension, scope);
                let inner = self.bind(scope, index, Binder { node: id, slot: 0 });
                self.set(*body, id, Role::Value, inner);
            }
            AstKind::Build { indices, body } => {
                let mut inner = scope;
                for (slot, (name, dim)) in indices.iter().enumerate() {
                    self.set(*dim, id, Role::Dimension, scope);
                    inner = self.bind(inner, name, Binder { node: id, slot });
                }
                self.set(*body, id, Role::Value, inner);
            }
            AstKind::Index { base, subscripts } => {
                self.set(*base, id, Role::Value, scope);
                for subscript in subscripts {
                    if let Subscript::At(place) = subscript {
                        self.set(*place, id, Role::Place, scope);
                    }
                }
            }
            AstKind::Call { function, args, .. } => {
                for (slot, &arg) in args.iter().enumerate() {
                    let role = match function.as_ref() {
                        "delta" => Role::Place,
                        name if takes_size(name, slot) => Role::Dimension,
                        _ => Role::Value,
                    };
                    self.set(arg, id, role, scope);
                }
            }
            kind => each_child(kind, |child| self.set(child, id, Role::Value, scope)),
        }
    }

    /// The index that `name` means at a node, if one is bound there.
    pub fn index(&self, at: AstId, name: &str) -> Option<Binder> {
        let mut number = self.places[at.0 as usize].scope;
        while number != 0 {
            let scope = &self.table[number as usize - 1];
            if scope.name == name {
                return Some(scope.binder);
            }
            number = scope.parent;
        }
        None
    }

    pub fn role(&self, id: AstId) -> Role {
        self.places[id.0 as usize].role
    }

    pub fn parent(&self, id: AstId) -> Option<AstId> {
        self.places[id.0 as usize].parent
    }
}
