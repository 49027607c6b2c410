//! Payloads of one event, made value by value, until one is what its schema asks for.

use super::alike::Alike;
use super::called;
use super::demand::Demand;
use super::judge::Judge;
use super::layout::{Layout, ordered};
use super::models::Models;
use super::moments::Moments;
use super::number;
use super::random::Random;
use std::borrow::Cow;

use offhook_model::TypeSet;
use offhook_model::location::tokens;

use crate::catalogue::{Event, Json, Schema, Step};

/// How often a payload is tried.
const TRIES: usize = 400;

/// How many values may be begun for one payload, all tries together.
const EFFORT: u32 = 60_000;

/// Values of this depth have only the members and elements that they must have.
const DEEP: u32 = 6;

/// Nothing is nested deeper.
const DEEPEST: u32 = 60;

/// Makes payloads of one event.
pub(super) struct Generator<'g> {
    pub(super) event: Event<'g>,
    pub(super) models: &'g Models,
    judge: &'g Judge<'g>,
    seed: u64,
    /// The names of its date-times.
    moments: Vec<String>,
    /// The members that lead to the event's name; none if payloads do not name theirs.
    way: Option<Vec<String>>,
}

impl<'g> Generator<'g> {
    pub(super) fn new(
        event: Event<'g>,
        models: &'g Models,
        judge: &'g Judge<'g>,
        seed: u64,
    ) -> Self {
        let fields = event.fields();
        let is_moment = |schema: &Schema<'_>| {
            schema.keyword("format").and_then(Json::as_str) == Some("date-time")
        };
        let moments = fields.iter().filter(|field| is_moment(&field.schema));
        let moments = moments.filter_map(|field| match field.path.last() {
            Some(Step::Member(name)) => Some(name.clone()),
            _ => None,
        });
        let way = event.vendor.discriminator.as_deref();
        let way = way.map(|pointer| tokens(pointer).map(Cow::into_owned).collect());
        Self { event, models, judge, seed, moments: moments.collect(), way }
    }

    /// The choices of the `number`th payload.
    pub(super) fn random(&self, number: u64) -> Random {
        Random::new(self.seed, number)
    }

    /// A payload of which there is nothing to say, with its members in the order of its sender.
    pub(super) fn valid(&self, random: &mut Random) -> Result<Json, String> {
        let mut effort = EFFORT;
        for attempt in 0..TRIES {
            let names = self.moments.iter().map(String::as_str);
            let moments = Moments::new(names, random);
            let model = random.pick(self.models.payloads());
            let mut making = Making {
                event: self.event,
                models: self.models,
                random: &mut *random,
                moments,
                alike: Alike::default(),
                effort,
                // What is small is more often right.
                is_rich: attempt < TRIES / 2,
            };
            let place = Place { name: "", model, way: self.way.as_deref(), depth: 0 };
            let made = making.value(self.event.schema().into_iter().collect(), place);
            effort = making.effort;
            let made = made.map(|payload| ordered(payload, self.event.vendor.order));
            if let Some(payload) = made.filter(|it| self.judge.is_clean(&Layout::Line.text(it))) {
                return Ok(payload);
            }
        }
        Err(format!(
            "found no valid payload of {} in {TRIES} tries: its schema allows none, or asks for what is hardly met by chance",
            called(self.event)
        ))
    }
}

/// A payload that is being made.
pub(super) struct Making<'g, 'r> {
    event: Event<'g>,
    pub(super) models: &'g Models,
    pub(super) random: &'r mut Random,
    pub(super) moments: Moments,
    pub(super) alike: Alike,
    /// How many values may still be begun.
    effort: u32,
    /// Whether there may be more than there must.
    is_rich: bool,
}

/// Where a value is made.
#[derive(Clone, Copy)]
pub(super) struct Place<'p, 'g> {
    /// The name of the member, or of that whose elements they are.
    pub(super) name: &'p str,
    /// What an example has there.
    pub(super) model: Option<&'g Json>,
    /// The members that lead from here to the event's name, if it is in here.
    pub(super) way: Option<&'p [String]>,
    pub(super) depth: u32,
}

impl<'g> Making<'g, '_> {
    /// A value that is what all `schemas` ask for, unless chance has made bad choices; none if they
    /// cannot be met.
    pub(super) fn value(&mut self, schemas: Vec<Schema<'g>>, place: Place<'_, 'g>) -> Option<Json> {
        self.effort = self.effort.checked_sub(1)?;
        if place.depth > DEEPEST {
            return None;
        }
        if place.way.is_some_and(<[String]>::is_empty) {
            return Some(Json::String(self.event.name.to_owned()));
        }
        let demand = Demand::of(schemas, self.random)?;
        if let Some(listed) = demand.listed() {
            return self.random.pick(&listed).map(|value| (*value).clone());
        }
        let ty = self.ty(demand.types(), place)?;
        let model = self.model(ty, place);
        match ty {
            TypeSet::NULL => Some(Json::Null),
            TypeSet::BOOLEAN => Some(Json::Bool(self.random.happens(1, 2))),
            TypeSet::ARRAY => self.array(&demand, Place { model, ..place }),
            TypeSet::OBJECT => self.object(demand, Place { model, ..place }),
            TypeSet::STRING => {
                let model = model.and_then(Json::as_str);
                self.string(&demand, place.name, model).map(Json::String)
            }
            ty => self.number(&demand, ty == TypeSet::INTEGER, place.name, model),
        }
    }

    /// Whether there may be more in a value than there must.
    pub(super) fn is_rich(&self, place: Place<'_, '_>) -> bool {
        self.is_rich && place.depth <= DEEP
    }

    /// One of the types that a value may have.
    fn ty(&mut self, types: Option<TypeSet>, place: Place<'_, 'g>) -> Option<TypeSet> {
        let Some(mut types) = types else {
            // Whatever it may be, an example shows what it is.
            let mut models = place.model.into_iter().chain(self.models.named(place.name));
            return Some(models.next().map_or(TypeSet::STRING, TypeSet::of_value));
        };
        let is_null_alone = types == TypeSet::NULL;
        if !is_null_alone && types.contains(TypeSet::NULL) && !self.random.happens(1, 3) {
            types = types.without(TypeSet::NULL);
        }
        if place.depth > DEEP && types.intersects(TypeSet::SCALARS) {
            types = types & TypeSet::SCALARS;
        }
        let mut types: Vec<_> = types.names().map(TypeSet::named).collect();
        types.reverse();
        self.random.pick(&types).copied()
    }

    /// A value of that type that stands in this place in an example, or else under that name.
    fn model(&mut self, wanted: TypeSet, place: Place<'_, 'g>) -> Option<&'g Json> {
        let fits = |value: &&Json| wanted.contains(TypeSet::of_value(value));
        place.model.filter(fits).or_else(|| {
            let others: Vec<&Json> = self.models.named(place.name).iter().filter(fits).collect();
            self.random.pick(&others).copied()
        })
    }

    fn number(
        &mut self,
        demand: &Demand<'_>,
        is_integer: bool,
        name: &str,
        model: Option<&Json>,
    ) -> Option<Json> {
        let model = model.and_then(Json::as_f64);
        let millis = match model {
            Some(1.0e9..2.2e9) => Some(self.moments.at(name)),
            _ => self.moments.lasted(name),
        };
        millis
            .and_then(|millis| number::exactly(demand, millis, model, is_integer))
            .or_else(|| number::number(demand, is_integer, model, self.random))
    }
}
