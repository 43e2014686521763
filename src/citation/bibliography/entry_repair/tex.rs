//! Turns what is left of TeX in a text into plain text.
//!
//! It does not know what the text is: a title or a name.

/// Removes what the parser left of TeX: `\emph{…}` keeps its text, and `~` becomes a space that does not break.
pub(super) fn without_tex(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut open_commands = 0_usize;
    while let Some(c) = rest.chars().next() {
        let command =
            rest.strip_prefix('\\').map(|after| after.bytes().take_while(u8::is_ascii_alphabetic).count()).unwrap_or(0);
        match c {
            '\\' if command > 0 && rest[1 + command..].starts_with('{') => {
                open_commands += 1;
                rest = &rest[command + 2..];
                continue;
            }
            '\\' if command > 0 => {
                rest = rest[1 + command..].trim_start();
                continue;
            }
            '}' if open_commands > 0 => open_commands -= 1,
            '~' => plain.push('\u{a0}'),
            other => plain.push(other),
        }
        rest = &rest[c.len_utf8()..];
    }
    plain
}

/// A formula as far as plain text can show it.
pub(super) fn plain_formula(tex: &str) -> String {
    const SIGNS: [(&str, &str); 30] = [
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("zeta", "ζ"),
        ("eta", "η"),
        ("theta", "θ"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("xi", "ξ"),
        ("pi", "π"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("phi", "φ"),
        ("chi", "χ"),
        ("psi", "ψ"),
        ("omega", "ω"),
        ("Delta", "Δ"),
        ("Omega", "Ω"),
        ("times", "×"),
        ("pm", "±"),
        ("leq", "≤"),
        ("geq", "≥"),
        ("le", "≤"),
        ("ge", "≥"),
        ("approx", "≈"),
    ];
    let mut plain = String::new();
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let command = rest
            .strip_prefix('\\')
            .map_or("", |after| &after[..after.bytes().take_while(u8::is_ascii_alphabetic).count()]);
        if command.is_empty() {
            if !matches!(c, '{' | '}' | '\\' | '^' | '_' | '$') {
                plain.push(c);
            }
            rest = &rest[c.len_utf8()..];
        } else {
            plain.push_str(SIGNS.iter().find(|(name, _)| *name == command).map_or("", |(_, sign)| sign));
            rest = rest[1 + command.len()..].trim_start();
        }
    }
    plain
}
