import type { Context } from '../context.ts'
import type { Db } from '../database/connection.ts'

/**
 * What becomes of the rows about one customer when two customers become one.
 * 'move': they go over to the one who stays; of two rows with the same key the survivor's stays and the other's is put away. 'derive': they are computed from other rows, so both customers' are put
 * away and the survivor's made anew. 'stay': they speak of the id itself. 'own': the module that owns the customer sees to it.
 * What was put away comes back when the merge is undone.
 */
export type Merging = 'move' | 'derive' | 'stay' | 'own'

/** What an erased person leaves: nothing, the row without these columns (the value that stands there instead), or the row as it is because it says nothing about a person. */
export type Erasing = 'delete' | { readonly blank: Readonly<Record<string, string | boolean | null>> } | 'keep'

/** One table whose rows are about a customer. Who adds such a table says this once; merging, giving back, export, erasure and their tests follow from it. */
export interface SubjectTable {
  /** With its schema. */
  readonly table: `${string}.${string}`
  /** What names a row of one customer: the primary key without the customer's id. */
  readonly key: readonly string[]
  readonly merge: Merging
  /** A column that names another customer, in rows of a relation between two: it follows a merge, and a relation of the two with each other ends. */
  readonly peerColumn?: string
  /**
   * Tables before this one on whose rows (by their `id`) rows of this one lean, by which column; null there leans on nothing. When a merge is undone, what came since goes with what it leans on.
   * Foreign keys have to be among them.
   */
  readonly leansOn?: readonly { readonly table: string; readonly column: string }[]
  /** Columns of jsonb that hold a former row of this kind, with the customer's id in it. */
  readonly formerRows?: readonly string[]
  readonly erase: Erasing
  /** Columns that the export of a person leaves out, or '*' for the whole table, each with the reason. */
  readonly unexported?: Readonly<Record<string, string>>
  /** Rows that the export of a person leaves out, by what stands in a column, with the reason. */
  readonly unexportedRows?: { readonly column: string; readonly values: readonly string[]; readonly why: string }
  /** The column that holds the customer's id, where it is another one. */
  readonly customerColumn?: string
}

/** What a rule of law wants kept about a customer, as far as it ends on one day: who asks to be forgotten has to wait for that day. */
export interface Keeping {
  /** `<module>.<rule>`, for programs. How much of what is kept the module says in its texts under `keeping`. */
  readonly rule: string
  /** As the rule calls itself. */
  readonly title: string
  /** The last day (`YYYY-MM-DD`); 'open' while nobody knows it, because something has not ended. */
  readonly until: string
  /** How many things, such as cases. */
  readonly count: number
}

/** What a module says about its rows on customers. */
export interface Subject {
  readonly tables: readonly SubjectTable[]
  /** Keeps those who write the module's rows of these customers out until the end of the transaction. */
  hold?(db: Db, customerIds: readonly string[]): Promise<void>
  /** Computes anew what is derived from the rows of these customers, after rows came or went. In the order of the modules. */
  renew?(context: Context, customerIds: readonly string[]): Promise<void>
  /**
   * By what these customers would be recognised wherever it stands: names, addresses, numbers, keys. Not what was written about them: words of a note stand in other places without meaning them.
   * Asked before they are erased.
   */
  words?(db: Db, customerIds: readonly string[]): Promise<readonly string[]>
  /** Stored files that are about them alone, such as attachments. */
  files?(db: Db, customerIds: readonly string[]): Promise<readonly string[]>
  /** What some ids that stand in the module's rows mean in words, such as the fields that the company defined; those that are none of its own are left out. For people who read an export. */
  named?(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Takes away messages and the like that hold one of the texts by which somebody would be recognised, and lead to them by no id. Answers how many rows of which table. */
  forget?(db: Db, texts: readonly string[]): Promise<Readonly<Record<string, number>>>
  /** The imports that brought something about them. */
  runs?(db: Db, customerIds: readonly string[]): Promise<readonly string[]>
  /** Marks that these customers were erased. */
  erased?(context: Context, customerIds: readonly string[]): Promise<void>
  /** What the law wants kept about these customers, also what it wanted kept until a day that has passed. Whoever has nothing of the kind is missing. */
  kept?(db: Db, customerIds: readonly string[]): Promise<ReadonlyMap<string, readonly Keeping[]>>
  /** Whether the customer is there and was not erased. */
  isKnown?(db: Db, customerId: string): Promise<boolean>
}

/** A place where a person may be mentioned without their id, such as a search that somebody saved. Whoever is erased is struck out of it. */
export interface Mention {
  readonly table: `${string}.${string}`
  /** The primary key. */
  readonly key: readonly string[]
  /** Columns of text or jsonb. */
  readonly columns: readonly string[]
  /** Only rows with these values. */
  readonly where?: Readonly<Record<string, string>>
  /** 'strike': the words go, what stands around them stays. 'strike-whole': only where a value is the word and nothing else. 'delete': the row goes. */
  readonly how: 'strike' | 'strike-whole' | 'delete'
  /** Names of fields, however deep in the jsonb: only what stands under them is struck. */
  readonly within?: readonly string[]
}

/** What all modules say, in their order. */
export interface SubjectHouse {
  readonly modules: readonly { readonly subject?: Subject; readonly mentions?: readonly Mention[] }[]
}

export const subjectTables = ({ modules }: SubjectHouse): readonly SubjectTable[] => modules.flatMap(({ subject }) => subject?.tables ?? [])

export async function holdSubjects({ db, house }: Context, customerIds: readonly string[]): Promise<void> {
  for (const { subject } of house.modules) await subject?.hold?.(db, customerIds)
}

export async function renewSubjects(context: Context, customerIds: readonly string[]): Promise<void> {
  for (const { subject } of context.house.modules) await subject?.renew?.(context, customerIds)
}

/** What the law wants kept about these customers, by all modules. */
export async function keptAbout(
  { db, house }: { readonly db: Db; readonly house: SubjectHouse },
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Keeping[]>> {
  const all = new Map<string, readonly Keeping[]>()
  if (customerIds.length === 0) return all
  for (const { subject } of house.modules)
    for (const [id, kept] of (await subject?.kept?.(db, customerIds)) ?? []) all.set(id, [...(all.get(id) ?? []), ...kept])
  return all
}
