// How scripts are laid out: as wide as the Rust code, see .rustfmt.toml.
export default {
  printWidth: 120,
  singleQuote: true,
  overrides: [{ files: '*.js', options: { singleQuote: false, trailingComma: 'none' } }],
};
