//! A list of keys and its typed view, written once: a record is read by methods, not by strings.

/// Defines the keys of a mapping, and a view over its records with a method for each key.
///
/// A line is `method: Shape, "key", "what it is for";`, with `, required` at its end where the key must be there. The shape
/// may take what [`Shape`](crate::model::schema::shape::Shape) takes, as in `Ids(Kind::Stage)`; a mapping says which view
/// reads it, as in `Records of Finding`. Then three more words may ask about a key itself, in lines with a comment, such as
/// `title_span: Span of title;`: `Span` gives the place of its value (of the whole record, where the key is missing or
/// wrong), `Given` whether it is written with a value, even a wrong one, `Has` whether it has a value that fits.
///
/// The view has the list as `FIELDS`. Whoever needs the name of a key has it from `KEYS`, as in `Common::KEYS.title`.
macro_rules! view {
    (
        $(#[$doc:meta])*
        $view:ident;
        $($getter:ident: $shape:ident $(($words:expr))? $(of $item:ident)?, $key:literal, $note:literal $(, $required:ident)?;)*
        $($(#[$what:meta])+ $asked:ident: $question:ident of $about:ident;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub(crate) struct $view<'a>(&'a $crate::model::schema::record::Record);

        #[allow(dead_code, reason = "a view has every key of its list, whether or not it is read by itself")]
        impl<'a> $view<'a> {
            /// The keys, with what each takes and what it is for.
            pub(crate) const FIELDS: &'static [$crate::model::schema::shape::Field] = &[$(
                $crate::model::schema::shape::field(
                    $key,
                    $crate::model::schema::view::view!(@shape $shape $(($words))? $($item)?),
                    $note,
                )$(.$required())?
            ),*];

            /// Reads a record of its list of keys.
            pub(crate) fn new(record: &'a $crate::model::schema::record::Record) -> Self {
                Self(record)
            }

            /// Whether an unknown key was given: it may have been meant for one that seems to be missing.
            pub(crate) fn has_unknown(self) -> bool {
                self.0.has_unknown
            }

            $(#[doc = $note] pub(crate) fn $getter(self) -> $crate::model::schema::view::view!(@type 'a $shape $($item)?) {
                $crate::model::schema::view::view!(@get self.0, $key, $shape $($item)?)
            })*

            $($(#[$what])+ pub(crate) fn $asked(self) -> $crate::model::schema::view::view!(@type 'a $question) {
                $crate::model::schema::view::view!(@get self.0, Self::KEYS.$about, $question)
            })*
        }

        const _: () = {
            #[allow(dead_code, reason = "every key has its name, whether or not it is asked for")]
            pub(crate) struct Keys { $(pub(crate) $getter: &'static str),* }

            #[allow(dead_code, reason = "few lists are asked for the names of their keys")]
            impl $view<'_> {
                /// The names of the keys, each by its method.
                pub(crate) const KEYS: Keys = Keys { $($getter: $key),* };
            }
        };
    };

    (@shape $shape:ident) => { $crate::model::schema::shape::Shape::$shape };
    (@shape $shape:ident ($words:expr)) => { $crate::model::schema::shape::Shape::$shape($words) };
    (@shape $shape:ident $item:ident) => { $crate::model::schema::shape::Shape::$shape($item::FIELDS) };

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

    (@get $record:expr, $key:expr, Line) => { $record.line($key) };
    (@get $record:expr, $key:expr, Text) => { $record.text($key) };
    (@get $record:expr, $key:expr, Lines) => { $record.lines($key) };
    (@get $record:expr, $key:expr, Texts) => { $record.texts($key) };
    (@get $record:expr, $key:expr, Id) => { $record.id($key) };
    (@get $record:expr, $key:expr, Ids) => { $record.ids($key) };
    (@get $record:expr, $key:expr, AnyIds) => { $record.ids($key) };
    (@get $record:expr, $key:expr, Keys) => { $record.keys($key) };
    (@get $record:expr, $key:expr, Integer) => { $record.integer($key) };
    (@get $record:expr, $key:expr, Number) => { $record.number($key) };
    (@get $record:expr, $key:expr, Interval) => { $record.interval($key) };
    (@get $record:expr, $key:expr, Flag) => { $record.flag($key) };
    (@get $record:expr, $key:expr, Date) => { $record.date($key) };
    (@get $record:expr, $key:expr, Months) => { $record.months($key) };
    (@get $record:expr, $key:expr, Sessions) => { $record.sessions($key) };
    (@get $record:expr, $key:expr, Choice) => { $record.choice($key) };
    (@get $record:expr, $key:expr, Choices) => { $record.choices($key) };
    (@get $record:expr, $key:expr, Record $item:ident) => { $record.record($key).map($item::new) };
    (@get $record:expr, $key:expr, Records $item:ident) => { $record.records($key).iter().map($item::new) };
    (@get $record:expr, $key:expr, Named $item:ident) => {
        $record.named($key).iter().map(|(name, record)| (name, $item::new(record)))
    };
    (@get $record:expr, $key:expr, NamedLines) => { $record.named_lines($key) };
    (@get $record:expr, $key:expr, Span) => { $record.span_of($key) };
    (@get $record:expr, $key:expr, Given) => { $record.is_given($key) };
    (@get $record:expr, $key:expr, Has) => { $record.get($key).is_some() };
}

pub(in crate::model) use view;
