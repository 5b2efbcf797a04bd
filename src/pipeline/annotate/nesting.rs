//! Overlapping spans to a tree: the outer one makes the link, the inner one is kept inside it.

use crate::pipeline::annotate::rules;
use crate::pipeline::annotate::span::Span;
use crate::vocabulary::Kind;

/// Sorts `spans` by place, the outer before the inner, and drops those that cross another or repeat it.
///
/// No place is kept inside the name of an organization or agreement (Shanghai), unless a list knows the inner name.
pub(crate) fn nest(spans: Vec<Span>) -> Vec<(Span, Option<usize>)> {
    let mut spans = spans;
    spans.sort_by(|a, b| {
        (a.start, std::cmp::Reverse(a.end), rank(a)).cmp(&(
            b.start,
            std::cmp::Reverse(b.end),
            rank(b),
        ))
    });
    let mut tree: Vec<(Span, Option<usize>)> = Vec::with_capacity(spans.len());
    let mut open: Vec<usize> = Vec::new();
    for span in spans {
        while open.last().is_some_and(|it| tree[*it].0.end <= span.start) {
            open.pop();
        }
        let Some(&outer) = open.last() else {
            open.push(tree.len());
            tree.push((span, None));
            continue;
        };
        let around = &tree[outer].0;
        let repeats = around.start == span.start && around.end == span.end;
        let crosses = span.end > around.end;
        if !repeats && !crosses && kept(around, &span) {
            open.push(tree.len());
            tree.push((span, Some(outer)));
        }
    }
    tree
}

/// Which of two spans over the same tokens counts: what a list knows, then what a rule found, then what was weighed.
fn rank(span: &Span) -> u8 {
    match (span.entry, span.kind, span.rule) {
        (_, None, _) => 9,
        (_, _, rules::DEMONYM) => 4,
        (Some(_), ..) => 0,
        (_, _, rules::EVIDENCE) => 3,
        _ => 1,
    }
}

/// Whether `inner` is worth keeping inside `outer`.
fn kept(outer: &Span, inner: &Span) -> bool {
    let person = outer.kind == Some(Kind::Person);
    inner.kind.is_some() && !person && inner.entry.is_some()
}
