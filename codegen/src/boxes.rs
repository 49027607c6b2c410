//! Types that hold themselves: somewhere on the way round, a `Box` gives them a size.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Definition, Shape, Type, TypeName};

/// Boxes whatever holds the type that it is part of, however far down.
pub(crate) fn endless(definitions: &mut [Definition]) {
    let held: BTreeMap<TypeName, BTreeSet<TypeName>> = definitions
        .iter_mut()
        .map(|definition| {
            let mut names = BTreeSet::new();
            for ty in types(&mut definition.shape) {
                collect(ty, &mut names);
            }
            (definition.name.clone(), names)
        })
        .collect();
    for definition in definitions {
        let name = definition.name.clone();
        for ty in types(&mut definition.shape) {
            wrap(ty, &|inner| leads_to(&held, inner, &name));
        }
    }
}

/// The types that a value of a shape holds.
fn types(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Struct(item) => item.fields.iter_mut().map(|field| &mut field.ty).collect(),
        Shape::Enum(_) => Vec::new(),
        Shape::Kinds(variants) => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        Shape::Objects(branches) => branches.iter_mut().map(|branch| &mut branch.ty).collect(),
        Shape::Newtype(ty) => vec![ty],
    }
}

/// The names of types whose values are part of a value of `ty`: arrays and maps keep theirs apart.
fn collect(ty: &Type, names: &mut BTreeSet<TypeName>) {
    match ty {
        Type::Named(name) => {
            names.insert(name.clone());
        }
        Type::Nullable(inner) | Type::Boxed(inner) => collect(inner, names),
        Type::Tuple(elements) => elements.iter().for_each(|element| collect(element, names)),
        _ => {}
    }
}

fn wrap(ty: &mut Type, endless: &impl Fn(&str) -> bool) {
    match ty {
        Type::Named(name) if endless(name) => *ty = Type::Boxed(Box::new(ty.clone())),
        Type::Nullable(inner) => wrap(inner, endless),
        Type::Tuple(elements) => elements.iter_mut().for_each(|element| wrap(element, endless)),
        _ => {}
    }
}

/// Whether a value of `from` holds one of `to`.
fn leads_to(held: &BTreeMap<TypeName, BTreeSet<TypeName>>, from: &str, to: &str) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::new());
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            open.extend(held.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}
