//! Jobs that take turns: each round measures all of them with Criterion, one after the other, so that whatever slows the
//! machine down for a while slows the floor and what stands on it alike. A ratio is taken within a round.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BatchSize, Bencher, BenchmarkId, Criterion, SamplingMode};
use serde_json::Value;

use crate::cpu_time::CpuTime;

/// How often each job has its turn: short turns and many, since a machine's pace changes within a second.
const ROUNDS: usize = 41;

/// What runs the jobs, and the folder where Criterion leaves its estimates.
pub struct Suite {
    criterion: Criterion<CpuTime>,
    folder: PathBuf,
    measures: bool,
}

impl Suite {
    /// Reads the command line as Criterion does. Estimates of earlier runs are thrown away: all that is compared comes
    /// from one run.
    pub fn new(folder: &Path) -> Self {
        drop(fs::remove_dir_all(folder));
        let criterion = Criterion::default()
            .with_measurement(CpuTime)
            .sample_size(10)
            .nresamples(1_000)
            .warm_up_time(Duration::from_millis(5))
            .measurement_time(Duration::from_millis(25))
            .output_directory(folder)
            .configure_from_args();
        // Else the jobs are only tried, as by `cargo test --benches`.
        let has = |wanted: &str| std::env::args().any(|argument| argument == wanted);
        let measures = has("--bench") && !has("--test");
        Self { criterion, folder: folder.to_owned(), measures }
    }

    /// How many credentials are many: 10,000, or some when the jobs are only tried.
    pub fn many(&self) -> usize {
        if self.measures { 10_000 } else { 20 }
    }

    /// Measures the jobs in turns.
    pub fn run(&mut self, mut turns: Turns<'_>) -> Medians {
        let mut group = self.criterion.benchmark_group(turns.group);
        group.sampling_mode(SamplingMode::Flat);
        let rounds = if self.measures { turns.rounds } else { 1 };
        for round in 0..rounds {
            for (name, job) in &mut turns.jobs {
                group.bench_function(BenchmarkId::new(name.as_str(), round), |bencher| job(bencher));
            }
        }
        group.finish();
        Medians::read(&self.folder, turns.group)
    }
}

type Job<'a> = Box<dyn FnMut(&mut Bencher<'_, CpuTime>) + 'a>;

/// Jobs to be measured in turns.
pub struct Turns<'a> {
    group: &'static str,
    rounds: usize,
    jobs: Vec<(String, Job<'a>)>,
}

impl<'a> Turns<'a> {
    /// A group without jobs.
    pub fn new(group: &'static str) -> Self {
        Self { group, rounds: ROUNDS, jobs: Vec::new() }
    }

    /// With fewer rounds, for jobs that take long.
    pub fn rounds(self, rounds: usize) -> Self {
        Self { rounds, ..self }
    }

    /// Adds a job.
    pub fn job<T>(mut self, name: &str, mut work: impl FnMut() -> T + 'a) -> Self {
        self.jobs.push((name.to_owned(), Box::new(move |bencher| bencher.iter(&mut work))));
        self
    }

    /// Adds a job with something to make before each time, which is not measured.
    pub fn prepared<P, T>(
        mut self,
        name: &str,
        mut prepare: impl FnMut() -> P + 'a,
        mut work: impl FnMut(P) -> T + 'a,
    ) -> Self {
        let job = move |bencher: &mut Bencher<'_, CpuTime>| {
            bencher.iter_batched(&mut prepare, &mut work, BatchSize::PerIteration)
        };
        self.jobs.push((name.to_owned(), Box::new(job)));
        self
    }
}

/// The median time of each job of a group in each round, in nanoseconds, from Criterion's estimates.
pub struct Medians(BTreeMap<String, BTreeMap<usize, f64>>);

impl Medians {
    /// Nothing is there when the jobs were only tried, or left out on the command line.
    fn read(folder: &Path, group: &str) -> Self {
        let mut medians = Self(BTreeMap::new());
        medians.collect(folder, group);
        medians
    }

    fn collect(&mut self, folder: &Path, group: &str) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()) {
            if path.ends_with("new") {
                let [benchmark, estimates] = ["benchmark.json", "estimates.json"].map(|file| -> Value {
                    serde_json::from_slice(&fs::read(path.join(file)).unwrap()).unwrap()
                });
                if benchmark["group_id"] == group {
                    let name = benchmark["function_id"].as_str().unwrap().to_owned();
                    let round = benchmark["value_str"].as_str().unwrap().parse().unwrap();
                    let median = estimates["median"]["point_estimate"].as_f64().unwrap();
                    self.0.entry(name).or_default().insert(round, median);
                }
            } else {
                self.collect(&path, group);
            }
        }
    }

    /// The times of a job, round by round.
    pub fn of(&self, job: &str) -> Option<Vec<f64>> {
        self.0.get(job).map(|rounds| rounds.values().copied().collect())
    }
}
