// Wall-clock times in a zone as instants, by the time-zone rules of the runtime.

/** True if the runtime knows the zone: an IANA name ("Europe/Zurich"), an alias ("EST") or an offset ("+14:00"). */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const DAY = 86_400_000;

/**
 * The instant (ms since 1970, UTC) at which clocks in `zone` show `date` (YYYY-MM-DD) and `time` (HH:MM or HH:MM:SS). A
 * day's last minute ("23:59") and "24:00" mean the last second of that day, 23:59:59. If the hour occurs twice (clocks
 * go back) or never (clocks go forward), the earlier reading counts, so that nobody is late. Throws a RangeError for an
 * unknown zone or an impossible date.
 */
export function instantOf(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${secondsOf(time)}Z`);
  if (Number.isNaN(wall)) throw new RangeError(`No such date and time: ${date} ${time}`);
  const readings = [wall - DAY, wall + DAY].map((near) => wall - offsetAt(near, zone));
  const exact = readings.filter((instant) => instant + offsetAt(instant, zone) === wall);
  return Math.min(...(exact.length > 0 ? exact : readings));
}

function secondsOf(time: string): string {
  if (time === '24:00' || time === '23:59') return '23:59:59';
  return time.length === 5 ? `${time}:00` : time;
}

/** Milliseconds by which clocks in `zone` are ahead of UTC at `instant`. */
function offsetAt(instant: number, zone: string): number {
  const parts = clockIn(zone).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) - instant;
}

/** Cached: making one takes longer than the rest of a turn; there is one per zone. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}
