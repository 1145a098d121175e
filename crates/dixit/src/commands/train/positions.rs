//! `dixit train positions`: trains the weights of positions on dialogue.

use std::io::Write as _;

use dixit_corpus::AtomicFile;
use dixit_training::{BINS, PositionScores, TrainingSettings, dialogue, position_example, train_positions};

use super::gold::for_each_line;
use crate::ExitStatus;
use crate::arguments::TrainPositionsArguments;
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(super) fn positions(arguments: &TrainPositionsArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let mut examples = Vec::new();
    for_each_line(&arguments.train, &arguments.texts, |line| {
        examples.push(position_example(line, 1.0, true)?);
        Ok(())
    })?;
    let marked = counted(examples.len() as u64, "article");
    let mut number = 0;
    for_each_line(&arguments.elsewhere, &[], |line| {
        if number % arguments.every.max(1) == 0 {
            examples.push(position_example(line, arguments.elsewhere_weight, false)?);
        }
        number += 1;
        Ok(())
    })?;
    messages.info(format_args!("{marked} with positions, {} in all", thousands(examples.len() as u64)));
    let topic = dialogue()?;
    let weights = train_positions(&topic, &examples, TrainingSettings::default())?;
    output.write_all(weights.as_bytes())?;
    output.commit()?;
    messages.info(format_args!("`{}`: {} bytes", arguments.output.display(), thousands(weights.len() as u64)));
    let mut dev = Vec::new();
    for_each_line(&arguments.dev, &arguments.texts, |line| {
        dev.push(position_example(line, 1.0, true)?);
        Ok(())
    })?;
    if !dev.is_empty() {
        report(&PositionScores::measure(&topic, &weights, &dev)?, messages);
    }
    Ok(ExitStatus::Success)
}

/// Says how good weights are on articles whose quotes are given.
fn report(scores: &PositionScores, messages: Messages) {
    let (about, stances) = (scores.about_f1(), scores.macro_f1());
    messages.info(format_args!("dev, quotes given: on topic F1 {about:.4}, stances macro F1 {stances:.4}"));
    for (bin, &(found, right, sum)) in scores.reliability.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let (low, high) = (bin as f32 / BINS as f32, (bin + 1) as f32 / BINS as f32);
        let (mean, share) = (sum / found as f32, right as f32 / found as f32);
        messages.info(format_args!("  score {low:.1} to {high:.1}: {found} found, mean {mean:.2}, right {share:.2}"));
    }
}
