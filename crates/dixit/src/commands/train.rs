//! `dixit train`: trains embedded models anew.

mod clusters;
mod entities;
mod epoch;
mod gold;
mod positions;
mod quotes;
mod speakers;
mod tokenizer;

use crate::ExitStatus;
use crate::arguments::TrainCommand;
use crate::messages::Messages;

pub(crate) fn train(command: &TrainCommand, messages: Messages) -> anyhow::Result<ExitStatus> {
    match command {
        TrainCommand::Clusters(arguments) => clusters::clusters(arguments, messages),
        TrainCommand::Entities(arguments) => entities::entities(arguments, messages),
        TrainCommand::Positions(arguments) => positions::positions(arguments, messages),
        TrainCommand::Quotes(arguments) => quotes::quotes(arguments, messages),
        TrainCommand::Speakers(arguments) => speakers::speakers(arguments, messages),
        TrainCommand::Tokenizer(arguments) => tokenizer::tokenizer(arguments, messages),
    }
}
