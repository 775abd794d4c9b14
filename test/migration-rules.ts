import { bracketed, listItems, statementsOf } from './sql-text.ts'
import { upsertProblems } from './store-rules.ts'

export interface Script {
  readonly name: string
  readonly sql: string
}

/** Where the rows of a table lie, as its migration says. `key` is the column by which a distributed table is cut. */
export interface TableKind {
  readonly kind: 'reference' | 'local' | 'distributed'
  readonly key: string | null
}

/** Each sentence is one break of the rules by which the same tables live on one machine and on many. Scripts are given in their order. */
export function migrationProblems(scripts: readonly Script[]): readonly string[] {
  const kinds = tableKinds(scripts)
  return scripts.flatMap(({ name, sql }) => {
    const statements = statementsOf(sql)
    return statements
      .flatMap((statement) => [
        ...forbidden(statement),
        ...tableProblems(statement, statements, kinds),
        ...alterProblems(statement, kinds),
        ...indexProblems(statement, kinds),
        ...upsertProblems(statement),
      ])
      .map((problem) => `${name}: ${problem}`)
  })
}

export function tableKinds(scripts: readonly Script[]): ReadonlyMap<string, TableKind> {
  const calls = scripts.flatMap(({ sql }) => statementsOf(sql).map(distributeCall)).filter((call) => call !== null)
  return new Map(calls.map((call) => [call.table, { kind: call.kind, key: call.key }]))
}

function distributeCall(statement: string): ({ readonly table: string } & TableKind) | null {
  const words = /^select (?:\w+\.)?app_distribute ?\((.*)\)$/.exec(statement)?.[1]
  if (words === undefined) return null
  const [table = '', kind = '', key = null] = listItems(words).map((word) => word.replaceAll(`'`, ''))
  return kind === 'reference' || kind === 'local' || kind === 'distributed' ? { table, kind, key } : null
}

function forbidden(statement: string): readonly string[] {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/^create (?:or replace )?(?:constraint )?trigger /, 'triggers do not work on distributed tables; set the value in the statement'],
    [/^create (?:or replace )?rule /, 'rules do not work on distributed tables'],
    [/\binherits ?\(/, 'distributed tables cannot inherit'],
    [/\brename constraint\b/, 'constraints of distributed tables cannot be renamed'],
    [/\bexclude (?:using|\()/, 'an exclusion constraint would need the key; check it in the statement that writes'],
    [/\b(?:small|big)?serial\b/, 'use "bigint generated always as identity", at the creation of the table'],
    [/\b(?:int|integer|smallint) generated (?:always|by default) as identity\b/, 'identity columns are bigint'],
    [
      /\bmerged_into\b.*\breferences\b|\breferences\b.*\bmerged_into\b/,
      'a merged customer leaves an alias; no foreign key goes from one customer to another',
    ],
  ]
  return rules.filter(([pattern]) => pattern.test(statement)).map(([, problem]) => `${problem} (${shortened(statement)})`)
}

function tableProblems(statement: string, statements: readonly string[], kinds: ReadonlyMap<string, TableKind>): readonly string[] {
  const found = /^create (?:unlogged )?table (?:if not exists )?([\w.]+) ?\(/.exec(statement)
  if (found === null)
    return /^create (?:global |local )?temp/.test(statement) || !statement.startsWith('create table')
      ? []
      : [`unknown form (${shortened(statement)})`]
  const table = found[1]!
  if (!table.includes('.')) return [`table ${table} is not in a schema of its module`]
  const calls = statements.map(distributeCall).filter((call) => call?.table === table)
  if (calls.length !== 1)
    return [`table ${table} needs one call of app_distribute('${table}', 'reference' | 'local' | 'distributed', …) in the same migration`]
  const items = listItems(bracketed(statement, found[0].length - 1))
  const constraints = items.filter(isConstraint)
  const columns = items.filter((item) => !isConstraint(item))
  const unnamed = [
    ...constraints.filter((item) => !item.startsWith('constraint ')),
    ...columns.filter(
      (item) =>
        /\b(?:primary key|unique|references)\b/.test(item) || (/\bcheck ?\(/.test(item) && !/\bconstraint \w+ check ?\(/.test(item)),
    ),
  ]
  const { kind, key } = kinds.get(table)!
  const keyColumn = columns.find((column) => column.split(' ')[0] === key)
  return [
    ...unnamed.map((item) => `table ${table}: "${shortened(item)}" needs a line of its own that begins with "constraint" and a name`),
    ...(kind === 'distributed' && !constraints.some((item) => /\bprimary key\b/.test(item)) ? [`table ${table} has no primary key`] : []),
    ...(kind === 'distributed' && keyColumn === undefined ? [`table ${table} is distributed by ${key}, which is none of its columns`] : []),
    ...(key === 'customer_id' && keyColumn !== 'customer_id uuid not null'
      ? [`table ${table}: customer_id is "uuid not null" everywhere`]
      : []),
    ...(kind === 'distributed' &&
    key !== 'customer_id' &&
    columns.some((column) => column.startsWith('customer_id ')) &&
    !/ unique|primary key/.test(statement)
      ? [`table ${table} carries customer_id and is distributed by ${key}`]
      : []),
    ...constraints.flatMap((item) => keyProblems(table, item, kinds)),
  ]
}

/** Keys and foreign keys of a table that is cut by a column must be inside one piece of it. */
function keyProblems(table: string, constraint: string, kinds: ReadonlyMap<string, TableKind>): readonly string[] {
  const own = kinds.get(table)
  if (own === undefined) return []
  const columns = listItems(/\b(?:primary key|unique(?: nulls not distinct)?|foreign key) ?\(([^)]*)\)/.exec(constraint)?.[1] ?? '')
  if (/\b(?:primary key|unique)\b/.test(constraint)) {
    return own.kind === 'distributed' && columns[0] !== own.key
      ? [`table ${table}: ${own.key} must come first in "${shortened(constraint)}"`]
      : []
  }
  const reference = /\breferences ([\w.]+) ?(?:\(([^)]*)\))?/.exec(constraint)
  if (reference === null) return []
  const target = kinds.get(reference[1]!)
  if (target === undefined) return [`table ${table}: foreign key to ${reference[1]}, a table that no migration makes`]
  if (own.kind !== 'distributed')
    return target.kind === 'distributed' ? [`table ${table} is ${own.kind} and may not point to ${reference[1]}, which is distributed`] : []
  const setNull = /\bon (?:delete|update) set (?:null|default)\b/.test(constraint)
    ? [`table ${table}: "on delete set null" does not work on a distributed table (${shortened(constraint)})`]
    : []
  if (target.kind === 'local')
    return [...setNull, `table ${table} is distributed and may not point to ${reference[1]}, which lies on one machine`]
  if (target.kind === 'reference') return setNull
  const targets = listItems(reference[2] ?? '')
  return columns[0] === own.key && targets[0] === target.key && own.key === target.key
    ? setNull
    : [...setNull, `table ${table}: a foreign key to ${reference[1]} must begin with ${own.key} on both sides`]
}

function alterProblems(statement: string, kinds: ReadonlyMap<string, TableKind>): readonly string[] {
  const found = /^alter table (?:if exists )?(?:only )?([\w.]+) (.*)$/.exec(statement)
  if (found === null) return []
  const [, table = '', changes = ''] = found
  const problems: string[] = []
  if (listItems(changes).length > 1) problems.push(`one change per ALTER TABLE (${shortened(statement)})`)
  if (/^add (?:primary key|unique|foreign key|check)\b/.test(changes)) problems.push(`table ${table}: the new constraint needs a name`)
  if (
    /^add (?:column )?(?!constraint\b)/.test(changes) &&
    /\b(?:references|unique|primary key|check ?\(|constraint)\b/.test(
      changes.replace(/^add (?:primary key|unique|foreign key|check)\b.*/, ''),
    )
  ) {
    problems.push(`table ${table}: add the column first and its constraint in a second statement`)
  }
  if (/^add (?:column )?.*\bas identity\b/.test(changes)) problems.push(`table ${table}: identity columns cannot be added later`)
  const retyped = /^alter (?:column )?(\w+) (?:set data )?type\b/.exec(changes)?.[1]
  if (retyped !== undefined && kinds.get(table)?.key === retyped)
    problems.push(`table ${table}: the type of its key ${retyped} cannot change`)
  if (changes.startsWith('add constraint')) problems.push(...keyProblems(table, changes, kinds))
  return problems
}

function indexProblems(statement: string, kinds: ReadonlyMap<string, TableKind>): readonly string[] {
  const found = /^create unique index (?:concurrently )?(?:if not exists )?\w* ?on (?:only )?([\w.]+)(?: using \w+)? ?\(/.exec(statement)
  if (found === null) return []
  const own = kinds.get(found[1]!)
  const first = listItems(bracketed(statement, found[0].length - 1))[0]
  return own?.kind === 'distributed' && first !== own.key ? [`unique index on ${found[1]}: ${own.key} must come first`] : []
}

const isConstraint = (item: string): boolean => /^(?:constraint|primary key|unique|foreign key|check|exclude)\b/.test(item)
const shortened = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text)
