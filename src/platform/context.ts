import type { Db } from './database/connection.ts'
import type { Publish } from './fact.ts'
import type { MailSettings } from './mail.ts'
import type { Module } from './module.ts'
import type { Visit } from './pages/visit.ts'
import type { PrivateLink } from './private-link.ts'
import type { Sealing } from './sealing.ts'

/** Whose customers somebody sees: everybody's, or those of these owners (user ids). */
export type Reach = 'all' | readonly string[]

/** Who acts: a person who signed in, whoever holds the data folder (operator), or the product itself (system). */
export interface Actor {
  readonly kind: 'person' | 'operator' | 'system'
  /** The user's id; 'operator' and 'system' for the others. */
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  can(permission: string): boolean
  /** By which session or key the person came. */
  readonly through?: { readonly kind: 'session' | 'key'; readonly id: string }
  /** As far as which customers; only meaningful for a permission that the actor holds. */
  reach(permission: string): Reach
}

/** What an action is given. `db` is the one transaction of the request (a GET's may only read); `now` was read once. */
export interface Context {
  readonly db: Db
  readonly now: Date
  readonly actor: Actor
  /** The actor's reach under the permission of the endpoint; 'all' for jobs, runs and commands. */
  readonly reach: Reach
  readonly newId: () => string
  readonly publish: Publish
  /** Wakes the jobs that react to a fact without saying that anything happened: for work that lies in the database and is due now. */
  readonly wake: Publish
  /** The modules that live in this house: what they contribute (timelines, settings, importers, runs) is found here, never through a second registry. */
  readonly house: House
  /** Whoever looks at a page for customers; only the actions of pages have it, by `visitOf`. */
  readonly visit?: Visit
  /** Says at whom whoever asks looks, for the trail: also where the answer keeps it from them who it is. */
  readonly looksAt?: (customerId: string) => void
  /** The private link by which the caller came, where the endpoint asks for one; see `linkOf`. */
  readonly link?: PrivateLink
  /** The same transaction in somebody else's name: for whoever comes into being in it, as the first administrator does. */
  actingAs(actor: Actor): Context
}

export interface House {
  readonly modules: readonly Module[]
  /** Where people reach the product, without a trailing slash; for links in mails. */
  readonly address?: string
  /** Lets scheduled jobs follow another time zone; only where jobs are worked on. */
  readonly schedule?: (timeZone: string) => Promise<void>
  /** The folder with keys, spools and backups; missing where nothing of the kind is at hand. */
  readonly dataFolder?: string
  /** The file whose first line encrypts backups. */
  readonly backupPassphraseFile?: string | null
  /** The folders below which files may be fetched by plan, absolute. */
  readonly importFolders?: readonly string[]
  /** How mail goes out; null or missing where none is set up. */
  readonly mail?: MailSettings | null
  /** Seals secrets that must be kept; missing only where none are, such as in the making of documents. */
  readonly sealing?: Sealing
}

export const system: Actor = { kind: 'system', id: 'system', name: 'Patron', roles: [], can: () => true, reach: () => 'all' }
export const operator: Actor = { kind: 'operator', id: 'operator', name: 'Operator', roles: [], can: () => true, reach: () => 'all' }
