//! Which index is bound where, and what each part of the tree is used as.

use crate::ast::{Ast, AstId, AstKind, Subscript, each_child};

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

struct Scope {
    parent: usize,
    name: String,
    binder: Binder,
}

pub struct Scopes {
    /// Scope 0 binds nothing; each other one index more than its parent.
    table: Vec<Scope>,
    of: Vec<usize>,
    pub roles: Vec<Role>,
    pub parents: Vec<Option<AstId>>,
}

/// True where a function has a size as this argument (from 0).
pub fn takes_size(function: &str, slot: usize) -> bool {
    matches!(function, "ones" | "zeros" | "eye" | "split") || matches!(function, "unvec" | "prod_but") && slot > 0
}

impl Scopes {
    pub fn of(ast: &Ast) -> Scopes {
        let mut scopes = Scopes {
            table: vec![Scope { parent: 0, name: String::new(), binder: Binder { node: AstId(0), slot: 0 } }],
            of: vec![0; ast.nodes.len()],
            roles: vec![Role::Unused; ast.nodes.len()],
            parents: vec![None; ast.nodes.len()],
        };
        for root in ast.root.into_iter().chain(ast.definitions.iter().map(|d| d.value)) {
            scopes.roles[root.0 as usize] = Role::Value;
        }
        // Parents come after their children: from the back, each node's scope is known when it is reached.
        for at in (0..ast.nodes.len()).rev() {
            let id = AstId(at as u32);
            let scope = scopes.of[at];
            each_child(&ast.get(id).kind, |child| scopes.parents[child.0 as usize] = Some(id));
            match scopes.roles[at] {
                Role::Unused => {}
                role @ (Role::Place | Role::Dimension) => {
                    each_child(&ast.get(id).kind, |child| scopes.set(child, role, scope));
                }
                Role::Value => scopes.enter(ast, id, scope),
            }
        }
        scopes
    }

    fn set(&mut self, id: AstId, role: Role, scope: usize) {
        self.roles[id.0 as usize] = role;
        self.of[id.0 as usize] = scope;
    }

    fn bind(&mut self, parent: usize, name: &str, binder: Binder) -> usize {
        self.table.push(Scope { parent, name: name.to_owned(), binder });
        self.table.len() - 1
    }

    fn enter(&mut self, ast: &Ast, id: AstId, scope: usize) {
        match &ast.get(id).kind {
            AstKind::SumOver { index, low, high, body } => {
                self.set(*low, Role::Dimension, scope);
                self.set(*high, Role::Dimension, scope);
                let inner = self.bind(scope, index, Binder { node: id, slot: 0 });
                self.set(*body, Role::Value, inner);
            }
            AstKind::Build { indices, body } => {
                let mut inner = scope;
                for (slot, (name, dim)) in indices.iter().enumerate() {
                    self.set(*dim, Role::Dimension, scope);
                    inner = self.bind(inner, name, Binder { node: id, slot });
                }
                self.set(*body, Role::Value, inner);
            }
            AstKind::Index { base, subscripts } => {
                self.set(*base, Role::Value, scope);
                for subscript in subscripts {
                    if let Subscript::At(place) = subscript {
                        self.set(*place, Role::Place, scope);
                    }
                }
            }
            AstKind::Call { function, args, .. } => {
                for (slot, &arg) in args.iter().enumerate() {
                    let role = match function.as_str() {
                        "delta" => Role::Place,
                        name if takes_size(name, slot) => Role::Dimension,
                        _ => Role::Value,
                    };
                    self.set(arg, role, scope);
                }
            }
            kind => each_child(kind, |child| self.set(child, Role::Value, scope)),
        }
    }

    /// The index that `name` means at a node, if one is bound there.
    pub fn index(&self, at: AstId, name: &str) -> Option<Binder> {
        let mut scope = self.of[at.0 as usize];
        while scope != 0 {
            if self.table[scope].name == name {
                return Some(self.table[scope].binder);
            }
            scope = self.table[scope].parent;
        }
        None
    }

    pub fn role(&self, id: AstId) -> Role {
        self.roles[id.0 as usize]
    }

    pub fn parent(&self, id: AstId) -> Option<AstId> {
        self.parents[id.0 as usize]
    }
}
