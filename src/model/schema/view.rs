//! Turns a list of keys into a typed view: a record that is read by methods, not by strings.

use crate::model::schema::shape::{Field, Shape};

/// Defines a view over the records of a list of keys, with a method for each key.
///
/// A line is `method: Shape, "key";`. The shape is that of the list; a mapping says which view reads it, as in
/// `findings: Records of Finding, "findings";`. Three more words ask about a key itself: `Span` gives the place of its
/// value (of the whole record, where the key is missing or wrong), `Given` whether it is written with a value, even a wrong
/// one, `Has` whether it has a value that fits.
///
/// A key that is not in the list, or has another shape there, does not compile.
macro_rules! view {
    (
        $(#[$doc:meta])*
        $view:ident of $fields:expr;
        $($(#[$what:meta])* $getter:ident: $shape:ident $(of $item:ident)?, $key:literal;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $view<'a>(&'a $crate::model::schema::record::Record);

        #[allow(dead_code, reason = "a view has every key of its list, whether or not it is read by itself")]
        impl<'a> $view<'a> {
            /// The keys that it reads.
            #[cfg(test)]
            pub(crate) const KEYS: &'static [&'static str] = &[$($key),*];

            /// Reads a record of its list of keys.
            pub(crate) fn new(record: &'a $crate::model::schema::record::Record) -> Self {
                Self(record)
            }

            /// Whether a key was given that the list does not have: another may be missing for it.
            pub(crate) fn has_unknown(self) -> bool {
                self.0.has_unknown
            }

            $($(#[$what])* pub(crate) fn $getter(self) -> $crate::model::schema::view::view!(@type 'a $shape $($item)?) {
                $crate::model::schema::view::view!(@get self.0, $key, $shape $($item)?)
            })*
        }

        $(const _: () = $crate::model::schema::view::view!(@check $shape, $crate::model::schema::view::shape($fields, $key));)*
    };

    (@check Span, $found:expr) => {{ $found; }};
    (@check Given, $found:expr) => {{ $found; }};
    (@check Has, $found:expr) => {{ $found; }};
    (@check $shape:ident, $found:expr) => {
        assert!(matches!($found, $crate::model::schema::shape::Shape::$shape { .. }), "the key has another shape")
    };

    (@type $a:lifetime Line) => { Option<&$a $crate::span::Spanned<String>> };
    (@type $a:lifetime Text) => { Option<&$a $crate::model::schema::record::Text> };
    (@type $a:lifetime Lines) => { &$a [$crate::span::Spanned<String>] };
    (@type $a:lifetime Texts) => { &$a [$crate::model::schema::record::Text] };
    (@type $a:lifetime Id) => { Option<&$a $crate::span::Spanned<String>> };
    (@type $a:lifetime Ids) => { &$a [$crate::span::Spanned<String>] };
    (@type $a:lifetime AnyIds) => { &$a [$crate::span::Spanned<String>] };
    (@type $a:lifetime Keys) => { &$a [$crate::span::Spanned<String>] };
    (@type $a:lifetime Integer) => { Option<i64> };
    (@type $a:lifetime Number) => { Option<f64> };
    (@type $a:lifetime Interval) => { Option<(f64, f64)> };
    (@type $a:lifetime Flag) => { Option<bool> };
    (@type $a:lifetime Date) => { Option<&$a $crate::span::Spanned<jiff::civil::Date>> };
    (@type $a:lifetime Months) => { Option<i32> };
    (@type $a:lifetime Sessions) => { Option<&$a $crate::span::Spanned<$crate::model::range::SessionRange>> };
    (@type $a:lifetime Choice) => { Option<&'static str> };
    (@type $a:lifetime Choices) => { &$a [&'static str] };
    (@type $a:lifetime Record $item:ident) => { Option<$item<$a>> };
    (@type $a:lifetime Records $item:ident) => { impl ExactSizeIterator<Item = $item<$a>> + Clone };
    (@type $a:lifetime Named $item:ident) => { impl Iterator<Item = (&$a $crate::span::Spanned<String>, $item<$a>)> };
    (@type $a:lifetime NamedLines) => { &$a [($crate::span::Spanned<String>, String)] };
    (@type $a:lifetime Span) => { $crate::span::Span };
    (@type $a:lifetime Given) => { bool };
    (@type $a:lifetime Has) => { bool };

    (@get $record:expr, $key:literal, Line) => { $record.line($key) };
    (@get $record:expr, $key:literal, Text) => { $record.text($key) };
    (@get $record:expr, $key:literal, Lines) => { $record.lines($key) };
    (@get $record:expr, $key:literal, Texts) => { $record.texts($key) };
    (@get $record:expr, $key:literal, Id) => { $record.id($key) };
    (@get $record:expr, $key:literal, Ids) => { $record.ids($key) };
    (@get $record:expr, $key:literal, AnyIds) => { $record.ids($key) };
    (@get $record:expr, $key:literal, Keys) => { $record.keys($key) };
    (@get $record:expr, $key:literal, Integer) => { $record.integer($key) };
    (@get $record:expr, $key:literal, Number) => { $record.number($key) };
    (@get $record:expr, $key:literal, Interval) => { $record.interval($key) };
    (@get $record:expr, $key:literal, Flag) => { $record.flag($key) };
    (@get $record:expr, $key:literal, Date) => { $record.date($key) };
    (@get $record:expr, $key:literal, Months) => { $record.months($key) };
    (@get $record:expr, $key:literal, Sessions) => { $record.sessions($key) };
    (@get $record:expr, $key:literal, Choice) => { $record.choice($key) };
    (@get $record:expr, $key:literal, Choices) => { $record.choices($key) };
    (@get $record:expr, $key:literal, Record $item:ident) => { $record.record($key).map($item::new) };
    (@get $record:expr, $key:literal, Records $item:ident) => { $record.records($key).iter().map($item::new) };
    (@get $record:expr, $key:literal, Named $item:ident) => {
        $record.named($key).iter().map(|(name, record)| (name, $item::new(record)))
    };
    (@get $record:expr, $key:literal, NamedLines) => { $record.named_lines($key) };
    (@get $record:expr, $key:literal, Span) => { $record.span_of($key) };
    (@get $record:expr, $key:literal, Given) => { $record.is_given($key) };
    (@get $record:expr, $key:literal, Has) => { $record.get($key).is_some() };
}

pub(in crate::model) use view;

/// The shape of a key.
///
/// # Panics
/// When the list does not have the key: while compiling, where [`view!`] asks.
pub(in crate::model) const fn shape(fields: &[Field], key: &str) -> Shape {
    let mut at = 0;
    while at < fields.len() {
        if is_same(fields[at].name.as_bytes(), key.as_bytes()) {
            return fields[at].shape;
        }
        at += 1;
    }
    panic!("the key is not in the list")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}
