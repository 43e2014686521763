//! The columns that authors can choose for tables.

macro_rules! columns {
    (
        $(#[$of:meta])*
        $list:ident: $($(#[$doc:meta])* $column:ident = $name:literal,)*
        $(; $(#[$other_doc:meta])* $other:ident = $other_name:literal)?
    ) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $list { $($(#[$doc])* $column,)* $($(#[$other_doc])* $other)? }

        impl $list {
            /// The columns that can be chosen, in order.
            pub const ALL: &[Self] = &[$(Self::$column),*];

            /// Their names.
            pub const NAMES: &[&str] = &[$($name),*];

            /// The column's name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$column => $name,)* $(Self::$other => $other_name)? }
            }

            /// The column of a name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|column| column.name() == name)
            }
        }
    };
}

columns! {
    /// A column of a session summary.
    SessionColumn:
    /// The stage.
    Stage = "stage",
    /// The sessions it takes up.
    Sessions = "sessions",
    /// Its phase.
    Phase = "phase",
    /// What happens.
    Activity = "activity",
    /// Techniques used.
    Techniques = "techniques",
    /// What the therapist does.
    TherapistTasks = "therapist-tasks",
    /// What the patient does.
    PatientTasks = "patient-tasks",
    /// Measures taken.
    Measures = "measures",
    /// Worksheets used.
    Worksheets = "worksheets",
    ;
    /// What differs from the usual course: where that is plain text, it is a column of its own.
    Change = "change"
}

columns! {
    /// A column of an evidence summary.
    EvidenceColumn:
    /// The condition.
    Condition = "condition",
    /// What was found.
    Finding = "finding",
    /// The design.
    Design = "design",
    /// Who was studied.
    Population = "population",
    /// How many people.
    N = "n",
    /// How many trials.
    Trials = "trials",
    /// With what it was compared.
    Comparator = "comparator",
    /// What was measured.
    Outcome = "outcome",
    /// The size of the effect.
    Effect = "effect",
    /// Whom it favours.
    Direction = "direction",
    /// How sure one can be.
    Certainty = "certainty",
    /// Where it is published.
    Sources = "sources",
}
