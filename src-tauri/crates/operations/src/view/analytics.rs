//! A period in figures.

view! {
    /// Which shifts are added up: of these days and this register.
    SummaryInput {
        /// Closed on this day (`2026-11-24`) or later.
        from: Option<String>,
        /// Closed on this day or earlier.
        to: Option<String>,
        /// Of a register on this server.
        server: Option<String>,
        /// Of this register.
        kkm: Option<i64>,
    }

    /// The Z-reports of a period, added up.
    SummaryView {
        /// The first day asked for.
        from: Option<String>,
        /// The last day asked for.
        to: Option<String>,
        /// Everything together.
        total: TallyView,
        /// The as many days before `from`, to compare with; `null` where no first or no last day was asked for.
        previous: Option<TallyView>,
        /// By day of closing; days without a shift are not there.
        days: Vec<DayView>,
        /// By register, in the order of their names.
        registers: Vec<RegisterTallyView>,
        /// By section, in the order of their names.
        sections: Vec<SectionTallyView>,
        /// What must be said beside these figures, lest they look whole.
        remarks: Vec<String>,
    }

    /// What several Z-reports come to; a sum is `null` where no report told it.
    TallyView {
        /// How many shifts.
        shifts: i64,
        /// How many sales.
        receipts: Option<i64>,
        /// Sales.
        sales: Option<String>,
        /// Sale refunds.
        refunds: Option<String>,
        /// Sales less refunds.
        revenue: Option<String>,
        /// VAT.
        nds: Option<String>,
        /// Deposits into the drawer.
        incomes: Option<String>,
        /// Withdrawals from the drawer.
        expenses: Option<String>,
        /// Whether one of the reports did not tell its part.
        partial: bool,
    }

    /// A day of the period.
    DayView {
        /// The day (`2026-11-24`).
        day: String,
        /// Its shifts.
        tally: TallyView,
    }

    /// A register in the period.
    RegisterTallyView {
        /// The server's address.
        server: String,
        /// The register.
        kkm: i64,
        /// Its name.
        name: String,
        /// Its shifts.
        tally: TallyView,
        /// Cash in its drawer at the last closing.
        cash: Option<String>,
    }

    /// A section in the period; a sum is `null` where no report told it.
    SectionTallyView {
        /// The server's address.
        server: String,
        /// The section.
        section: i64,
        /// Its name.
        name: String,
        /// Sales.
        sales: Option<String>,
        /// Sale refunds.
        refunds: Option<String>,
        /// Sales less sale refunds.
        revenue: Option<String>,
        /// Whether one of the reports that name it did not tell its part.
        partial: bool,
    }
}
