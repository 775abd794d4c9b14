import type { Actor } from '../context.ts'
import type { Endpoint } from '../contract.ts'
import type { Db } from '../database/connection.ts'
import { isPassing } from '../database/passing.ts'
import { sealedApart } from '../facts.ts'
import type { Log } from '../log.ts'

export interface Answered {
  /** `<module>.<endpoint>`. */
  readonly name: string
  readonly endpoint: Endpoint
  readonly actor: Actor
  readonly now: Date
  readonly input: Readonly<Record<string, unknown>>
  readonly result: unknown
  /** At whom the action said that it looks; null where it said nothing. */
  readonly looked?: string | null
}

/** Who looked at whom, kept in memory for a few seconds and then written together: an answer waits for nothing and costs no statement. */
export interface ReadNotes {
  /** Remembers what an answer showed, where its contract says that it shows personal data. */
  note(answered: Answered): void
  /** Writes what is remembered. */
  flush(): Promise<void>
  stop(): Promise<void>
}

interface Look {
  readonly at: Date
  readonly name: string
  readonly customerId: string | null
  readonly actor: string
  readonly endpoint: string
  /** What a file was asked for with; it may hold names. */
  readonly asked: Readonly<Record<string, unknown>> | null
  readonly list?: ListLook
}

interface ListLook {
  /** By which fields the list was narrowed or sorted. What stood in them is nobody's business later: people search by names. */
  readonly by: readonly string[]
  /** How many entries were shown, on as many pages as were taken until this is written. */
  shown: number
}

const everyMilliseconds = 3000
const writtenTogether = 500
/** So many wait at most while the database is away. */
const mostWaiting = 50_000
const hour = 3_600_000

export function noteReads(db: Db, log: Log): ReadNotes {
  let waiting: Look[] = []
  /** Whom each person looked at in this hour. */
  let seen = new Set<string>()
  let seenHour = 0
  /** The lists that wait, by who asked for what: whoever pages on has looked at one list. */
  const listed = new Map<string, ListLook>()
  let writing: Promise<void> = Promise.resolve()

  function note({ name, endpoint, actor, now, input, result, looked = null }: Answered): void {
    if (!endpoint.notes || waiting.length >= mostWaiting) return
    if (endpoint.notes === 'file') {
      waiting.push({ at: now, name: 'file-taken', customerId: theOne(endpoint, input), actor: actor.id, endpoint: name, asked: input })
      return
    }
    const [where, ...path] = endpoint.notes.split('.')
    if (where === 'list') {
      noteList(name, actor.id, now, input, entriesIn(result, path[0] ?? ''))
      return
    }
    const named = path.reduce<unknown>(
      (inside, field) => (inside as Record<string, unknown> | null | undefined)?.[field],
      where === 'input' ? input : result,
    )
    // Those whom somebody should not need to look at are told to nobody, and noted all the same.
    const customerId = where !== 'looked' && typeof named === 'string' ? named : looked
    if (typeof customerId !== 'string') return
    const thisHour = Math.floor(now.getTime() / hour)
    if (thisHour !== seenHour) seen = new Set()
    seenHour = thisHour
    const key = `${actor.id} ${customerId}`
    if (seen.has(key)) return
    seen.add(key)
    waiting.push({ at: now, name: 'customer-seen', customerId, actor: actor.id, endpoint: name, asked: null })
    if (waiting.length === mostWaiting) log.error({}, 'The database has been away so long that no more looks at customers can be noted')
  }

  function noteList(endpoint: string, actor: string, at: Date, { cursor: _, ...asked }: Answered['input'], shown: number): void {
    if (shown === 0) return
    const by = Object.keys(asked).sort()
    const key = [actor, endpoint, ...by].join(' ')
    const list = listed.get(key) ?? { by, shown: 0 }
    list.shown += shown
    if (listed.has(key)) return
    listed.set(key, list)
    waiting.push({ at, name: 'list-seen', customerId: null, actor, endpoint, asked: null, list })
  }

  /** A look that the database will never take must not hold up the others. */
  async function write(): Promise<void> {
    while (waiting.length > 0) {
      // What is being written is not added to any more; looks also come while the ones before them are written.
      listed.clear()
      const looks = waiting.slice(0, writtenTogether)
      await insert(looks).catch(async (error) => {
        if (isPassing(error)) throw error
        for (const look of looks)
          await insert([look]).catch((problem) => log.error({ err: problem, endpoint: look.endpoint }, 'A look could not be noted'))
      })
      waiting = waiting.slice(looks.length)
    }
  }

  /** One statement for all; two processes that note the same look within an hour leave one row. */
  const insert = (looks: readonly Look[]) =>
    db
      .insertInto('platform.personal_read')
      .values(
        looks.map((look) => ({
          occurred_at: look.at,
          hour: Math.floor(look.at.getTime() / hour),
          name: look.name,
          customer_id: look.customerId,
          actor: look.actor,
          payload: JSON.stringify({ endpoint: look.endpoint, ...look.list }),
          ...sealedApart(look.asked),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()

  const flush = () => {
    writing = writing.then(write, write)
    return writing
  }
  const timer = setInterval(() => {
    if (waiting.length > 0) flush().catch((error) => log.warn({ err: error }, 'Looks at customers will be noted in a moment'))
  }, everyMilliseconds)
  timer.unref()
  return {
    note,
    flush,
    async stop() {
      clearInterval(timer)
      await flush().catch((error) => log.error({ err: error, looks: waiting.length }, 'Looks at customers could not be noted'))
    },
  }
}

/** The one customer whom a file is about, as its contract says; null where it holds several, or none. */
function theOne({ about }: Endpoint, input: Answered['input']): string | null {
  if (typeof about === 'string') return null
  const [first] = about
  const id = about.length === 1 && first?.thing === 'customer' ? input[first.field] : null
  return typeof id === 'string' ? id : null
}

/** How many entries an answer shows: those of all its lists, or of the one that is named. */
const entriesIn = (result: unknown, list: string): number =>
  Object.entries(result ?? {}).reduce(
    (sum, [name, part]) => sum + (Array.isArray(part) && (list === '' || name === list) ? part.length : 0),
    0,
  )
