//! Formulas to MathML: the only file that names the maths crate.

use math_core::{LatexToMathML, MathDisplay};

/// Turns LaTeX maths into MathML.
///
/// # Errors
/// What cannot be read, in a sentence.
pub(super) fn to_mathml(tex: &str, display: bool) -> Result<String, String> {
    let converter = LatexToMathML::default();
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    converter.convert_with_local_counter(tex, display).map_err(|error| {
        // The crate begins its sentence with the place in the formula.
        let sentence = error.to_string();
        let bare = sentence.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(':').trim();
        bare.trim_end_matches('.').to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml_or_a_sentence() {
        assert!(to_mathml("d = 0.63", false).expect("a formula").contains("<mi>d</mi>"));
        assert!(to_mathml("\\frac{1", true).is_err());
        assert!(!to_mathml("x < y", false).expect("a formula").contains("style="));
    }
}
