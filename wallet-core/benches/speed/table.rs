//! The table at the end: each job as a ratio to its floor, both measured in the same run.

use crate::turns::Medians;

/// What a job should cost at most. It is printed beside what was measured; nothing fails because of it.
#[derive(Clone, Copy)]
pub enum Target {
    /// As many times its floor.
    Times(f64),
    /// As many microseconds above its floor.
    MicrosecondsAbove(f64),
    /// As many milliseconds, whatever the floor takes.
    Milliseconds(f64),
    /// None was set.
    None,
}

/// The lines so far.
#[derive(Default)]
pub struct Table {
    lines: Vec<String>,
    /// The head of a part that has no lines yet.
    head: Option<String>,
}

impl Table {
    /// Begins a part of the table. One of which nothing was measured is not printed.
    pub fn part(&mut self, title: &str) {
        self.head = Some(format!(
            "\n{title}\n\n| job | floor | floor takes | job takes | above | ratio (rounds) | target | met |\n\
             | --- | --- | --- | --- | --- | --- | --- | --- |"
        ));
    }

    /// A line of text, of what is no time.
    pub fn remark(&mut self, text: &str) {
        self.lines.push(format!("\n{text}"));
    }

    /// A job and its floor, with the names that they have in `medians`. A job that was not measured has no line.
    pub fn line(&mut self, medians: &Medians, job: &str, floor: &str, target: Target) {
        let (Some(times), Some(floors)) = (medians.of(job), medians.of(floor)) else { return };
        let pairs = || times.iter().zip(&floors);
        let (time, at_least) = (median(times.iter().copied()), median(floors.iter().copied()));
        let above = median(pairs().map(|(time, floor)| time - floor));
        let ratios: Vec<f64> = sorted(pairs().map(|(time, floor)| time / floor));
        let ratio = median(ratios.iter().copied());
        let (target, met) = match target {
            Target::Times(times) => (format!("{times}x"), Some(ratio <= times)),
            Target::MicrosecondsAbove(us) => (format!("{us} us above"), Some(above <= us * 1e3)),
            Target::Milliseconds(ms) => (format!("{ms} ms"), Some(time <= ms * 1e6)),
            Target::None => ("-".to_owned(), None),
        };
        let met = met.map_or("-", |met| if met { "yes" } else { "NO" });
        let (lowest, highest) = (ratios.first().unwrap(), ratios.last().unwrap());
        self.lines.extend(self.head.take());
        self.lines.push(format!(
            "| {job} | {floor} | {} | {} | {} | {ratio:.2}x ({lowest:.2}-{highest:.2}) | {target} | {met} |",
            duration(at_least),
            duration(time),
            duration(above),
        ));
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let values = sorted(values);
    values[values.len() / 2]
}

fn duration(nanoseconds: f64) -> String {
    match nanoseconds.abs() {
        ..1e3 => format!("{nanoseconds:.0} ns"),
        ..1e6 => format!("{:.1} us", nanoseconds / 1e3),
        _ => format!("{:.2} ms", nanoseconds / 1e6),
    }
}
