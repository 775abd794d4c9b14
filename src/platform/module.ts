import type { z } from 'zod'
import type { Carried } from './backup/restore.ts'
import type { Clock } from './clock.ts'
import type { Command } from './command.ts'
import type { Context } from './context.ts'
import type { Api, Endpoint } from './contract.ts'
import type { Db } from './database/connection.ts'
import type { Check } from './doctor/check.ts'
import type { Fact } from './fact.ts'
import type { Importer } from './imports/importer.ts'
import type { ReceivedMail } from './mailbox/received-mail.ts'
import type { Language } from './pages/language.ts'
import type { RunKind, RunView } from './runs/run-kind.ts'
import type { Mention, Subject } from './subject/subject.ts'

export type Action<E extends Endpoint> = (context: Context, input: z.output<E['input']>) => Promise<Answered<z.output<E['result']>>>
/** What an action answers is only read from then on, so it may be made of what nobody may change. */
type Answered<T> = T extends Date
  ? T
  : T extends readonly (infer I)[]
    ? readonly Answered<I>[]
    : T extends object
      ? { readonly [K in keyof T]: Answered<T[K]> }
      : T
export type Actions<A extends Api> = { readonly [K in keyof A]: Action<A[K]> }

/** Background work. `on` reacts to a fact, `every` is a cron line in the organization's time zone; both run in a worker, in one transaction, and may be retried. */
export interface Job<S extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly on?: Fact<S>
  readonly every?: string
  run(context: Context, payload: z.output<S>): Promise<void>
}
export const job = <S extends z.ZodType>(definition: Job<S>): Job => definition as unknown as Job

/** One value that administrators may set. `schema` checks it, `initial` holds until somebody does. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly key: string
  readonly schema: S
  readonly initial: z.output<S>
  /** Who may read it: a permission; everybody who is signed in where it is left out, because pages need it. */
  readonly readBy?: string
}
export const setting = <S extends z.ZodType>(
  key: `${string}.${string}`,
  schema: S,
  initial: z.output<S>,
  more: { readonly readBy?: string } = {},
): Setting<S> => ({ key, schema, initial, ...more })

/** The roles that the product ships with. Administrators may grant more or less; these are what a fresh installation starts from. */
export type BuiltInRole =
  | 'agent'
  | 'department'
  | 'supervisor'
  | 'account-manager'
  | 'salesperson'
  | 'store-clerk'
  | 'loyalty-manager'
  | 'analyst'
  | 'executive'
  | 'human-resources'
  | 'administrator'
export const builtInRoles: readonly BuiltInRole[] = [
  'agent',
  'department',
  'supervisor',
  'account-manager',
  'salesperson',
  'store-clerk',
  'loyalty-manager',
  'analyst',
  'executive',
  'human-resources',
  'administrator',
]
/** The built-in roles whose work is about customers. Whoever looks after the staff needs to see none. */
export const customerFacingRoles: readonly BuiltInRole[] = builtInRoles.filter((role) => role !== 'human-resources')

/** One entry of a customer's timeline, as a module contributes it. */
export interface TimelineEntry {
  readonly id: string
  readonly at: Date
  /** `<module>.<what>`: names the text and the icon. */
  readonly kind: string
  readonly stage: 'before' | 'during' | 'after' | null
  /** The user who noted it, where it is a note of somebody. */
  readonly by?: string | null
  /** What its words need. `link`: the address of the page that tells more. */
  readonly values: Readonly<Record<string, string | number | boolean | null>>
}

/** Reads one customer's entries strictly before `before`, newest first, at most `limit`. */
export type TimelineSource = (
  context: Context,
  customerId: string,
  before: { at: Date; id: string } | null,
  limit: number,
) => Promise<readonly TimelineEntry[]>

/** Those of some customers about whom the module holds something that the undoing of an import must not take away, such as orders. */
export type CustomersInUse = (db: Db, customerIds: readonly string[]) => Promise<ReadonlySet<string>>

/** What customers are called, of those of the given ids that the module knows. */
export type CustomerNames = (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Whose the things of a kind are: those that exist, with their customer (null: about nobody) and who is responsible for them. */
export type ThingsOf = (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, ThingOwner>>
export interface ThingOwner {
  readonly customerId: string | null
  /** The users who see it whatever customer it is about: of a customer its owner, of a task whoever owes it, asked for it or comes along. */
  readonly ownerIds: readonly string[]
}

/** Throws a refusal where a change of a setting would make what the module holds untrue, such as another currency while there are amounts. */
export type SettingGuard = (
  context: Context,
  change: { readonly key: string; readonly before: unknown; readonly after: unknown },
) => Promise<void>

/** Where ids lead that were given up, such as that of a customer who was merged into another. Ids that lead nowhere else are missing. */
export type Successors = (db: Db, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/**
 * Is handed a mail that came in, in one transaction, and takes it or says that it is none of the module's; the modules are asked in their order until one takes it. Where it throws, nothing of what it did is left, and the
 * mail is offered again later. It may come again after it was taken only where somebody asks for that.
 */
export type TakeMail = (context: Context, mail: ReceivedMail) => Promise<'taken' | 'not-mine'>

/** A kind of news that people are told of, and how it comes by mail unless they choose otherwise. */
export interface NotificationKind {
  readonly mail: 'none' | 'now' | 'digest'
}

/** News by the name behind the module's, and their words by language for mails: `notification.<name>`. */
export interface Notifications {
  readonly kinds: Readonly<Record<string, NotificationKind>>
  readonly texts: Readonly<Record<string, { readonly notification: Readonly<Record<string, string>> }>>
}

/** What customers can do on pages of a module; the company's page for customers offers it. */
export interface CustomerPages {
  readonly pages: readonly CustomerPage[]
  /** Its words by language: `customerPage.<name>` is what it is called, `customerPage.<name>About` one sentence on what it is for. */
  readonly texts: Readonly<Record<string, { readonly customerPage: Readonly<Record<string, string>> }>>
  /** What customers may count on now, in whole sentences; they stand above what is offered. */
  promises?(db: Db, language: Language): Promise<readonly string[]>
}
export interface CustomerPage {
  readonly name: string
  /** `/p/…` */
  readonly path: string
  /** What people look for most stands first. */
  readonly order: number
  /** Whether it is offered now; always where it is left out. */
  offered?(db: Db): Promise<boolean>
}

/** What becomes of a module's things when a run of another module, which they had followed, is taken back. By the names of the kinds of its things. It may be asked again of what it has done already. */
export type Undoing = (context: Context, of: RunView) => Promise<Readonly<Record<string, Undone>>>
export interface Undone {
  readonly restored: number
  /** What has been changed since and stays as it is, by its id and why. */
  readonly left: readonly { readonly id: string; readonly why: string }[]
}

/** What a module gives to the house; only what it has. */
export interface Module {
  readonly name: string
  readonly api: Api
  readonly actions: Readonly<Record<string, (context: Context, input: never) => Promise<unknown>>>
  /** Every permission of the module, with the roles that hold it on a fresh installation. The administrator always holds all. */
  readonly permissions: Readonly<Record<string, readonly BuiltInRole[]>>
  /** What it announces, for those who choose what to hear of. */
  readonly facts?: readonly Fact[]
  readonly jobs?: readonly Job[]
  readonly runs?: readonly RunKind[]
  /** By the kind of a run of an earlier module. */
  readonly undoings?: Readonly<Record<string, Undoing>>
  readonly commands?: readonly Command[]
  readonly settings?: readonly Setting[]
  /** Asked before a setting of whatever module changes, by its key. */
  readonly settingGuards?: Readonly<Record<string, SettingGuard>>
  readonly timeline?: TimelineSource
  readonly customerNames?: CustomerNames
  readonly customersInUse?: CustomersInUse
  readonly notifications?: Notifications
  readonly mail?: TakeMail
  readonly customerPages?: CustomerPages
  /** The kinds of things that its endpoints, or those of later modules, name; see `About`. */
  readonly things?: Readonly<Record<string, ThingsOf>>
  /** By the kind of thing: asked where an id of an input leads to nothing. */
  readonly successors?: Readonly<Record<string, Successors>>
  readonly importers?: readonly Importer[]
  /** The clock on the wall of the organization; one module has it. */
  readonly clock?: (db: Db) => Promise<Clock>
  /** What becomes of the module's rows about a customer when two are merged, one is exported, or one is erased. */
  readonly subject?: Subject
  /** Where a person may be mentioned without their id. */
  readonly mentions?: readonly Mention[]
  /** What a fresh installation starts from besides permissions: runs at every start, brings in what was never there, and leaves alone what somebody changed since. */
  readonly seed?: (db: Db) => Promise<void>
  /** What the doctor looks at. */
  readonly checks?: readonly Check[]
  /** Reads what must outlive a restore, such as the list of erasures, from the database that is about to be replaced. */
  readonly carry?: (db: Db) => Promise<unknown>
  /** Runs at the end of the transaction of a restore: what the module carried over is true again in the same moment as the restored data. */
  readonly afterRestore?: (context: Context, carried: Carried) => Promise<void>
}

/** Checks at compile time that there is exactly one action per endpoint, with matching types. */
export const module = <A extends Api>(definition: Omit<Module, 'api' | 'actions'> & { api: A; actions: Actions<A> }): Module =>
  definition as unknown as Module
