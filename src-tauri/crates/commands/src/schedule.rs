//! Commands of closing by the clock.

use operations::view::ScheduleView;
use operations::{Trouble, Which};

use crate::House;

impl House {
    pub(crate) async fn schedules(&self) -> Result<Vec<ScheduleView>, Trouble> {
        self.room().await?.desk.schedules()
    }

    pub(crate) async fn set_schedule(
        &self,
        server: String,
        kkm: i64,
        at: Option<String>,
    ) -> Result<Vec<ScheduleView>, Trouble> {
        let which = Which::on(&server, kkm)?;
        let room = self.room().await?;
        room.desk.set_schedule(&which, at.as_deref()).await?;
        room.desk.schedules()
    }

    pub(crate) async fn tell_runs(&self, until: i64) -> Result<(), Trouble> {
        self.room().await?.desk.tell_runs(until)
    }
}
