//! Reports as JSON and as aligned tables.

use std::fmt::Write as _;

use crate::{Figure, Report};

/// What a table shows besides the figures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// What was taken for what.
    pub confusion: bool,
    /// Scores against what is right.
    pub reliability: bool,
}

impl Report {
    /// The whole report as a line of JSON.
    ///
    /// # Panics
    /// Never: a report is always JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a report is always JSON") + "\n"
    }

    /// The figures as aligned columns, and what else is to be shown.
    pub fn to_table(&self, show: Show) -> String {
        let mut out = String::new();
        for (layer, report) in &self.layers {
            let head = [layer.name(), "precision", "recall", "F1", "right", "predicted", "gold", "95 %"];
            let mut rows = vec![head.map(str::to_owned).to_vec()];
            rows.extend(report.figures.iter().map(row));
            if report.figures.iter().all(|figure| figure.interval.is_none()) {
                for row in &mut rows {
                    row.truncate(7);
                }
            }
            write_rows(&mut out, &rows);
            if let Some(confusion) = report.confusion.as_ref().filter(|_| show.confusion) {
                write_rows(&mut out, &confusion.cells());
            }
            for (name, reliability) in report.reliability.iter().filter(|_| show.reliability) {
                if reliability.is_empty() {
                    let _ = writeln!(out, "scores of {name}: none\n");
                    continue;
                }
                let _ = writeln!(out, "scores of {name}, expected calibration error {:.4}", reliability.error());
                write_rows(&mut out, &reliability.cells());
            }
        }
        out.pop();
        out
    }
}

fn row(figure: &Figure) -> Vec<String> {
    let share = |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
    let count = |value: Option<usize>| value.map_or(String::new(), |value| value.to_string());
    let interval = figure.interval.map_or(String::new(), |[low, high]| format!("{low:.4}-{high:.4}"));
    vec![
        figure.name.clone(),
        share(figure.precision),
        share(figure.recall),
        share(Some(figure.value)),
        count(figure.right),
        count(figure.predicted),
        count(figure.gold),
        interval,
    ]
}

/// The first column to the left, the others to the right, a blank line at the end.
pub(crate) fn write_rows(out: &mut String, rows: &[Vec<String>]) {
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<_> = (0..rows.first().map_or(0, Vec::len)).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let _ = if column == 0 { write!(line, "{cell:<width$}") } else { write!(line, "  {cell:>width$}") };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out.push('\n');
}
