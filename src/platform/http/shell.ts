import type { Context as HttpContext } from 'hono'
import type { Actor, House } from '../context.ts'
import { type Endpoint, placeholders } from '../contract.ts'
import type { Database, Db } from '../database/connection.ts'
import type { JobQueue } from '../jobs.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { PageFiles } from '../pages/document.ts'
import type { Look } from '../pages/look.ts'
import type { ReadNotes } from '../trail/note-reads.ts'
import type { LinkDoor } from './links.ts'
import type { dataAnswers } from './security.ts'

/** What the house gives to those who answer requests. */
export interface HttpShell {
  readonly database: Database
  readonly queue: JobQueue
  readonly log: Log
  readonly metrics: Metrics
  readonly now: () => Date
  /** Who sent the request, or null for nobody. */
  actorOf(request: Request): Promise<Actor | null>
  /** Forgets who senders were found to be, so that the next look is a fresh one. */
  readonly forgetActors?: () => void
  /** Who sent a request, as far as it can be believed: an address. */
  sender(c: HttpContext): string
  /** How the company shows itself on pages for customers. */
  customerLook(db: Db): Promise<Look>
  /** What was built for pages for customers; without it they are plain, and there is no widget. */
  readonly pageFiles?: (PageFiles & { readonly widget: string }) | undefined
  /** Origins besides the request's own host that our pages are served from. */
  readonly origins: readonly string[]
  readonly secure: boolean
  readonly uploadLimit: number
  /** Who looked at whom is noted here, after the answer is made. */
  readonly reads: ReadNotes
  /** What the house tells every action besides its modules. */
  readonly house?: Omit<House, 'modules'>
}

/** What the kinds of endpoints share. */
export interface Parts {
  readonly shell: HttpShell
  readonly house: House
  readonly links: LinkDoor
  /** Makes the answer of everything but downloads, pages and streams. */
  readonly answer: ReturnType<typeof dataAnswers>
}

/** What is said of a write that announces nothing of its own. */
export function writeOf(endpoint: string, { path }: Endpoint, raw: Readonly<Record<string, unknown>>) {
  // The token of a private link is nothing to be written down.
  const ids = Object.fromEntries(
    placeholders(path)
      .filter((field) => field !== 'token')
      .map((field) => [field, String(raw[field]).slice(0, 200)]),
  )
  const customerId = ids.customerId ?? (path.startsWith('/customers/:id') ? ids.id : undefined)
  return { endpoint, ids, ...(customerId === undefined ? {} : { customerId }) }
}
