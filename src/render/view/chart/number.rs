//! Writes numbers for SVG.

/// A number with at most three decimals.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 1000.0).round() / 1000.0;
    // No minus sign before a zero.
    (rounded + 0.0).to_string()
}
