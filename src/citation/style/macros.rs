//! Reads which macros of a style call which, and finds one that calls itself.
//!
//! It does not know what a macro prints.

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::{IndependentStyle, LayoutRenderingElement, TextTarget};

/// More macros than this before another one that they lead to are garbage, or a circle.
pub(in crate::citation) const LONGEST_CALL: usize = 64;

/// A macro that calls itself, at once or through others: hayagriva would follow it until the stack ends.
pub(super) fn endless_macro(csl: &IndependentStyle) -> Option<String> {
    let mut calls: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mac in &csl.macros {
        let mut called = BTreeSet::new();
        mac.children.iter().for_each(|element| called_macros(element, &mut called));
        calls.insert(&mac.name, called);
    }
    let mut settled = BTreeSet::new();
    calls.keys().find_map(|&name| endless_from(name, &calls, &mut Vec::new(), &mut settled)).map(str::to_owned)
}

fn endless_from<'s>(
    name: &'s str,
    calls: &BTreeMap<&'s str, BTreeSet<&'s str>>,
    path: &mut Vec<&'s str>,
    settled: &mut BTreeSet<&'s str>,
) -> Option<&'s str> {
    if settled.contains(name) {
        return None;
    }
    if path.contains(&name) || path.len() > LONGEST_CALL {
        return Some(name);
    }
    path.push(name);
    let endless = calls.get(name).into_iter().flatten().find_map(|&called| endless_from(called, calls, path, settled));
    path.pop();
    settled.insert(name);
    endless
}

fn called_macros<'s>(element: &'s LayoutRenderingElement, called: &mut BTreeSet<&'s str>) {
    match element {
        LayoutRenderingElement::Text(text) => {
            if let TextTarget::Macro { name } = &text.target {
                called.insert(name);
            }
        }
        LayoutRenderingElement::Group(group) => group.children.iter().for_each(|child| called_macros(child, called)),
        LayoutRenderingElement::Choose(choose) => {
            let otherwise = choose.otherwise.iter().flat_map(|branch| &branch.children);
            choose
                .branches()
                .flat_map(|branch| &branch.children)
                .chain(otherwise)
                .for_each(|child| called_macros(child, called));
        }
        LayoutRenderingElement::Names(names) => {
            names
                .substitute()
                .into_iter()
                .flat_map(|substitute| &substitute.children)
                .for_each(|child| called_macros(child, called));
        }
        LayoutRenderingElement::Date(_) | LayoutRenderingElement::Number(_) | LayoutRenderingElement::Label(_) => {}
    }
}
