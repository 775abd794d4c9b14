/** Somebody with an address of mail. */
export interface Participant {
  readonly name: string
  readonly email: string
}

/** One entry of a calendar as RFC 5545 knows it. */
export interface CalendarEvent {
  /** The same for the same entry, always. */
  readonly uid: string
  readonly title: string
  readonly description: string | null
  readonly place: string | null
  readonly url: string | null
  /** In whose charge it is; null where they have no address. */
  readonly organizer: Participant | null
  /** Who comes along. */
  readonly attendees: readonly Participant[]
  readonly startsAt: Date
  readonly endsAt: Date
  readonly cancelled: boolean
  /** Rises with every change, so that programs take the newer one. */
  readonly version: number
}

export interface Calendar {
  readonly name: string
  readonly timeZone: string
  /** When this text is made. */
  readonly madeAt: Date
}

/**
 * Entries as the text of an iCalendar file (RFC 5545): lines end in CRLF and are folded at 75 bytes, commas, semicolons, backslashes and line breaks in texts are escaped. Times are UTC, which needs no
 * description of a time zone and is right wherever the reader is; the organization's zone is only named, for programs that show it. There is no METHOD: the text shows a calendar, it invites nobody
 * (RFC 5545, 3.7.2), and a published one could not name who takes part (RFC 5546, 3.2.1).
 */
export function icalendar(events: readonly CalendarEvent[], calendar: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Patron//Commitments//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(calendar.name)}`,
    `X-WR-TIMEZONE:${escaped(calendar.timeZone)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...events.flatMap((event) => eventLines(event, calendar)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const eventLines = (event: CalendarEvent, { madeAt }: Calendar): readonly string[] => [
  'BEGIN:VEVENT',
  `UID:${escaped(event.uid)}`,
  `DTSTAMP:${utc(madeAt)}`,
  `DTSTART:${utc(event.startsAt)}`,
  `DTEND:${utc(event.endsAt)}`,
  `SUMMARY:${escaped(event.title)}`,
  ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
  ...(event.place ? [`LOCATION:${escaped(event.place)}`] : []),
  ...(event.url ? [`URL:${plainUri(event.url)}`] : []),
  ...participants(event),
  `SEQUENCE:${event.version - 1}`,
  `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
  'END:VEVENT',
]

/** Who is in charge is named where others take part, too; who comes along has been asked in the house, so nobody is asked again. */
function participants({ organizer, attendees }: CalendarEvent): readonly string[] {
  if (!organizer || attendees.length === 0) return []
  return [
    `ORGANIZER;${calledBy(organizer)}`,
    ...attendees.map((one) => `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;${calledBy(one)}`),
  ]
}

/** A name between quotes, in which neither quotes nor control characters may stand, and the address. */
const calledBy = ({ name, email }: Participant): string =>
  `CN="${name.replace(/\p{Cc}/gu, ' ').replaceAll('"', "'")}":mailto:${plainUri(email)}`

/** `20260311T083000Z`. */
export const utc = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d{3}/g, '')

/** A text as a value of type TEXT; what no text may hold is left out. */
export const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the standard forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .replace(/\\/g, '\\\\')
    .replace(/([;,])/g, '\\$1')
    .replace(/\r\n?|\n/g, '\\n')

const plainUri = (url: string): string => url.replace(/[\s"<>]/g, '')

const longestLine = 75

/** A line in pieces of at most 75 bytes, each further one beginning with a space; no character is cut in two. */
export function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of line) {
    const size = bytesOf(character)
    if (bytes + size > longestLine) {
      pieces.push(piece)
      piece = ' '
      bytes = 1
    }
    piece += character
    bytes += size
  }
  return [...pieces, piece].join('\r\n')
}

/** How many bytes a character takes in UTF-8. */
function bytesOf(character: string): number {
  const code = character.codePointAt(0)!
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
