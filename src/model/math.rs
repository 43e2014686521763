//! Turns formulas into MathML: the only file that names the maths crate.

use math_core::{LatexToMathML, MathDisplay};

/// The most commands of a formula.
const MOST_COMMANDS: usize = 200;

/// How deep braces may be nested.
const DEEPEST: i32 = 50;

/// The most bytes of a formula.
const LONGEST: usize = 4_000;

/// Turns LaTeX maths into MathML.
///
/// # Errors
/// A sentence about what cannot be read.
pub(crate) fn to_mathml(tex: &str, display: bool) -> Result<String, String> {
    // The crate goes as deep as the formula: what no reader could follow is not tried.
    let commands = tex.matches('\\').count();
    let depth = tex.bytes().scan(0i32, |depth, byte| {
        *depth += i32::from(byte == b'{') - i32::from(byte == b'}');
        Some(*depth)
    });
    if commands > MOST_COMMANDS || depth.max().unwrap_or(0) > DEEPEST || tex.len() > LONGEST {
        return Err("it is too long, or it has too many levels".into());
    }
    let converter = LatexToMathML::default();
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    let converted = converter.convert_with_local_counter(tex, display).map(|mathml| match display {
        // A wide formula scrolls, by keyboard too.
        MathDisplay::Block => format!("<span class=\"ipt-formula\" tabindex=\"0\">{mathml}</span>"),
        _ => mathml,
    });
    converted.map_err(|error| {
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
    fn a_formula_beyond_what_anybody_reads_is_refused() {
        let nested = |depth: i32| {
            let depth = usize::try_from(depth).expect("a small number");
            format!("{}x{}", "{".repeat(depth), "}".repeat(depth))
        };
        for (most, more) in [
            ("\\alpha ".repeat(MOST_COMMANDS), "\\alpha ".repeat(MOST_COMMANDS + 1)),
            (nested(DEEPEST), nested(DEEPEST + 1)),
            ("x".repeat(LONGEST), "x".repeat(LONGEST + 1)),
        ] {
            assert!(to_mathml(&most, false).is_ok(), "{most}");
            assert_eq!(to_mathml(&more, false), Err("it is too long, or it has too many levels".into()), "{more}");
        }
    }

    #[test]
    fn formulas_become_mathml_or_a_sentence() {
        assert!(to_mathml("d = 0.63", false).expect("a formula").contains("<mi>d</mi>"));
        assert!(to_mathml("\\frac{1", true).is_err());
        assert!(!to_mathml("x < y", false).expect("a formula").contains("style="));
    }
}
