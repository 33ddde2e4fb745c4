import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallForInputs, deadlineOf, isPast } from '../../src/calls/call.ts';
import { instantOf } from '../../src/calls/instant.ts';
import { fixtureCall } from '../fixtures/calls/fixture-call.ts';

type Moment = Exclude<CallForInputs['deadline'], string>;
const until = (deadline: Omit<Moment, 'meaning'> | 'none'): CallForInputs => ({
  ...fixtureCall('achpr-2019-rules'),
  deadline: deadline === 'none' ? 'none' : { ...deadline, meaning: 'sent' },
});
const instant = (date: string, time: string, zone: string) => deadlineOf(until({ date, time, zone }))?.instant;

describe('fault 20: the instant of a deadline', () => {
  test.each([
    ['winter in Geneva, the eve of the change', '2024-03-30', '23:59', 'Europe/Zurich', '2024-03-30T22:59:59Z'],
    ['the day clocks go forward in Geneva', '2024-03-31', '23:59', 'Europe/Zurich', '2024-03-31T21:59:59Z'],
    [
      'an hour that does not exist that day: the earlier reading',
      '2024-03-31',
      '02:30',
      'Europe/Zurich',
      '2024-03-31T00:30:00Z',
    ],
    ['the day clocks go back in Geneva', '2024-10-27', '23:59', 'Europe/Zurich', '2024-10-27T22:59:59Z'],
    ['an hour that comes twice: the first', '2024-10-27', '02:30', 'Europe/Zurich', '2024-10-27T00:30:00Z'],
    ['clocks go forward in New York', '2024-03-10', '23:59:59', 'America/New_York', '2024-03-11T03:59:59Z'],
    ['clocks go back in New York', '2024-11-03', '00:30', 'America/New_York', '2024-11-03T04:30:00Z'],
    ['EST means EST in summer too', '2024-07-01', '23:59', 'EST', '2024-07-02T04:59:59Z'],
    ['noon in Geneva', '2010-04-12', '12:00', 'Europe/Zurich', '2010-04-12T10:00:00Z'],
    ['midnight at the end of the day', '2015-02-25', '24:00', 'Europe/Zurich', '2015-02-25T22:59:59Z'],
    ['midnight at its beginning', '2015-02-25', '00:00:00', 'Europe/Zurich', '2015-02-24T23:00:00Z'],
    [
      'the first place where a day begins, UTC+14',
      '2024-05-24',
      '23:59:59',
      'Pacific/Kiritimati',
      '2024-05-24T09:59:59Z',
    ],
    ['the last place where it ends, UTC−12', '2024-05-24', '23:59:59', '-12:00', '2024-05-25T11:59:59Z'],
    ['the other way of writing UTC+14', '2024-05-24', '00:00:00', '+14:00', '2024-05-23T10:00:00Z'],
    ['a half-hour change, Lord Howe Island', '2024-04-07', '23:59', 'Australia/Lord_Howe', '2024-04-07T13:29:59Z'],
    ['a leap day', '2024-02-29', '23:59', 'UTC', '2024-02-29T23:59:59Z'],
  ])('%s', (_story, date, time, zone, expected) => {
    expect(instant(date, time, zone)).toBe(expected);
  });

  test('clocks in the zone show what was asked for, on any day in any zone', () => {
    const zones = [
      'Europe/Zurich',
      'America/Sao_Paulo',
      'America/New_York',
      'Africa/Casablanca',
      'Asia/Kathmandu',
      '+14:00',
      '-12:00',
    ];
    const days = fc.date({ min: new Date('2000-01-01'), max: new Date('2040-12-31'), noInvalidDate: true });
    fc.assert(
      // Noon is never skipped and never comes twice.
      fc.property(days, fc.constantFrom(...zones), (day, zone) => {
        const date = day.toISOString().slice(0, 10);
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        expect(shown.format(instantOf(date, '12:00', zone))).toBe(`${date} 12:00:00`);
      }),
    );
  });
});

describe('what is stated and what is assumed', () => {
  test('EMLER 2023 gives a day only: the end of it in Geneva, said to be assumed', () => {
    expect(deadlineOf(fixtureCall('emler-2023'))).toEqual({
      instant: '2023-05-12T21:59:59Z',
      assumed: true,
      date: '2023-05-12',
    });
  });

  test('an hour and a zone that the body states are not assumed', () => {
    expect(deadlineOf(fixtureCall('ohchr-2026-conscientious-objection'))).toEqual({
      instant: '2026-01-15T22:30:00Z',
      assumed: false,
      date: '2026-01-15',
    });
  });

  test('an extended deadline wins, hour and zone included', () => {
    expect(deadlineOf(fixtureCall('iachr-2024-cuba'))).toEqual({
      instant: '2025-01-28T04:59:59Z',
      assumed: false,
      date: '2025-01-27',
    });
    expect(deadlineOf(fixtureCall('sr-torture-2020'))?.date).toBe('2020-10-31');
  });

  test('no deadline is none, and never past while the call is open', () => {
    expect(deadlineOf(until('none'))).toBeNull();
    expect(isPast({ ...until('none'), status: 'open' }, '2099-01-01T00:00:00Z')).toBe(false);
    expect(isPast({ ...until('none'), status: 'closed' }, '2000-01-01T00:00:00Z')).toBe(true);
  });
});

describe('fault 20: late or not', () => {
  const call = until({
    date: '2024-05-24',
    time: 'not-stated',
    zone: 'not-stated',
    assume: { time: '23:59', zone: 'Europe/Zurich' },
  });

  test.each([
    ['2024-05-24T23:59:59+02:00', false],
    ['2024-05-24T21:59:59.999Z', false],
    ['2024-05-25T00:00:00+02:00', true],
    ['2024-05-24T22:00:00Z', true],
    ['2024-05-24T18:59:59-03:00', false],
    ['2024-05-25T11:59:59+14:00', false],
    ['2026-11-23T12:00:00Z', true],
  ])('%s: %s', (at, past) => {
    expect(isPast(call, at)).toBe(past);
  });

  test('an hour to the minute is over after that minute begins, a day’s last minute after it ends', () => {
    const noon = until({ date: '2024-05-24', time: '12:00', zone: 'UTC' });
    expect([isPast(noon, '2024-05-24T12:00:00Z'), isPast(noon, '2024-05-24T12:00:01Z')]).toEqual([false, true]);
  });
});
