//! Names what chapters are about: their kinds.

/// The list of the kinds: gives another macro each with its module in [`kinds`](crate::model::kinds), its name and its plural.
macro_rules! with_kinds {
    ($then:ident) => {
        $then! {
            /// An idea on which the treatment is based.
            Principle, principle, "principle", "principles";
            /// A task of the therapist.
            Role, role, "role", "roles";
            /// What the treatment works on.
            ProblemArea, problem_area, "problem-area", "problem-areas";
            /// Something the therapist does.
            Technique, technique, "technique", "techniques";
            /// A stage of treatment.
            Stage, stage, "stage", "stages";
            /// The plan of one meeting.
            Session, session, "session", "sessions";
            /// A way of arranging the stages.
            Protocol, protocol, "protocol", "protocols";
            /// Where the treatment is delivered.
            Setting, setting, "setting", "settings";
            /// What research found on one condition.
            Evidence, evidence, "evidence", "evidence";
            /// A scale or rating.
            Measure, measure, "measure", "measures";
            /// A form to fill in.
            Worksheet, worksheet, "worksheet", "worksheets";
            /// How a treatment may go, with an invented or disguised patient.
            Case, case, "case", "cases";
            /// Any other page, such as an introduction or a policy.
            Page, page, "page", "pages";
        }
    };
}

pub(in crate::model) use with_kinds;

macro_rules! kinds {
    ($(#[doc = $doc:literal] $kind:ident, $module:ident, $name:literal, $plural:literal;)*) => {
        /// What a chapter is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $doc] $kind),* }

        impl Kind {
            /// All kinds, in the order in which a manual usually has them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Their names.
            pub const NAMES: &[&str] = &[$($name),*];

            /// The kind's name in front matter and links.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// The name of a relation to chapters of this kind, and of its usual folder.
            pub fn plural(self) -> &'static str {
                match self { $(Self::$kind => $plural),* }
            }

            /// What the kind is, in a phrase for authors.
            pub(crate) fn about(self) -> &'static str {
                match self { $(Self::$kind => $doc.trim_ascii()),* }
            }
        }
    };
}

with_kinds!(kinds);

impl Kind {
    /// The kind of a name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The kind whose plural names a relation or folder.
    pub fn from_plural(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.plural() == name)
    }

    /// The kind in a sentence: "problem area".
    pub fn words(self) -> String {
        self.name().replace('-', " ")
    }

    /// The kind with its article: "a problem area".
    pub(crate) fn with_article(self) -> String {
        match self {
            Self::Evidence => "an evidence chapter".into(),
            kind => format!("a {}", kind.words()),
        }
    }
}
