import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readMigrations } from '#platform/database/migrate.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { readCatalog } from '../scripts/catalog.ts'
import { staleFiles } from '../scripts/generate-tables.ts'
import { migrationProblems, type Script, tableKinds } from './migration-rules.ts'
import { storeProblems } from './store-rules.ts'

const scripts = await readMigrations()

test('every migration keeps the rules of a distributed database', () => {
  expect(scripts.length).toBeGreaterThan(3)
  expect([...tableKinds(scripts).values()].filter(({ kind }) => kind === 'distributed').length).toBeGreaterThan(3)
  expect(migrationProblems(scripts)).toEqual([])
})

test('every statement in the sources keeps the rules of a distributed database', () => {
  const sources = globSync('{src,seeds}/**/*.ts').filter((path) => !/\.(?:test|gen)\.ts$/.test(path))
  expect(sources.length).toBeGreaterThan(20)
  expect(sources.flatMap((path) => storeProblems(path.replaceAll('\\', '/'), readFileSync(path, 'utf8')))).toEqual([])
})

test('the generated table types and db/schema.sql are what the migrations make, and nothing in the database escapes the rules', async () => {
  const database = await testDatabase()
  const catalog = await readCatalog(database.db)
  await database.close()
  expect(await staleFiles(catalog), 'run node scripts/generate-tables.ts').toEqual([])
  const tables = catalog.tables.filter((table) => table.kind === 'table').map((table) => `${table.schema}.${table.name}`)
  expect(tables.filter((table) => table !== 'platform.migration').sort()).toEqual([...tableKinds(scripts).keys()].sort())
})

const customer = `create table a.customer (customer_id uuid not null, constraint customer_pkey primary key (customer_id));
  select app_distribute('a.customer', 'distributed', 'customer_id');`
const source = `create table a.source (id smallint not null, constraint source_pkey primary key (id)); select app_distribute('a.source', 'reference');`
const run = `create table a.run (id uuid not null, constraint run_pkey primary key (id)); select app_distribute('a.run', 'local');`
const order = (lines: string, more = ''): string => `${customer} ${source} ${run}
  create table a.item (customer_id uuid not null, id uuid not null, ${lines}); select app_distribute('a.item', 'distributed', 'customer_id', 'a.customer'); ${more}`
const pkey = 'constraint item_pkey primary key (customer_id, id)'
const problemsOf = (sql: string): readonly string[] => migrationProblems([{ name: 'x', sql }] satisfies Script[])

describe('the rules for migrations bite', () => {
  test.each([
    ['a table nobody distributes', 'create table a.b (id int not null, constraint b_pkey primary key (id));', 'app_distribute'],
    ['a table with an unknown kind', `create table a.b (id int); select app_distribute('a.b', 'shared');`, 'app_distribute'],
    ['a table without a schema', 'create table b (id int);', 'schema'],
    [
      'a primary key without the customer first',
      order('constraint item_pkey primary key (id, customer_id)'),
      'customer_id must come first',
    ],
    ['no primary key', order('name text'), 'no primary key'],
    ['a unique constraint without the customer', order(`${pkey}, constraint item_name_key unique (name)`), 'customer_id must come first'],
    ['a unique index without the customer', order(pkey, 'create unique index item_by_id on a.item (id);'), 'customer_id must come first'],
    ['another type of customer', order(pkey).replaceAll('uuid', 'text'), 'uuid not null'],
    [
      'a foreign key to another customer’s row',
      order(`${pkey}, constraint f foreign key (id) references a.customer (customer_id)`),
      'must begin with customer_id',
    ],
    ['a foreign key to a local table', order(`${pkey}, constraint f foreign key (id) references a.run (id)`), 'lies on one machine'],
    [
      'a foreign key from a local table to a distributed one',
      `${customer} create table a.b (customer_id uuid, constraint f foreign key (customer_id) references a.customer (customer_id)); select app_distribute('a.b', 'local');`,
      'which is distributed',
    ],
    [
      'a foreign key from a reference table to a distributed one',
      `${customer} create table a.b (customer_id uuid, constraint f foreign key (customer_id) references a.customer (customer_id)); select app_distribute('a.b', 'reference');`,
      'which is distributed',
    ],
    [
      'a foreign key added later that crosses customers',
      order(pkey, 'alter table a.item add constraint f foreign key (id) references a.customer (customer_id);'),
      'must begin with customer_id',
    ],
    [
      'a foreign key that sets null',
      order(`${pkey}, constraint f foreign key (id) references a.source (id) on delete set null`),
      'set null',
    ],
    [
      'merged_into',
      order(`merged_into uuid, ${pkey}, constraint f foreign key (customer_id, merged_into) references a.item (customer_id, id)`),
      'alias',
    ],
    ['an unnamed primary key', order('primary key (customer_id, id)'), 'constraint'],
    ['a primary key at a column', `create table a.b (id int primary key); select app_distribute('a.b', 'local');`, 'constraint'],
    ['an unnamed check', order(`amount int check (amount > 0), ${pkey}`), 'constraint'],
    ['a reference at a column', order(`source_id smallint references a.source (id), ${pkey}`), 'constraint'],
    ['a trigger', order(pkey, 'create trigger t before update on a.item for each row execute function f();'), 'triggers'],
    ['a rule', order(pkey, 'create rule r as on delete to a.item do instead nothing;'), 'rules'],
    ['inheritance', 'create table a.b (x int) inherits (a.c);', 'inherit'],
    ['exclusion', order(`${pkey}, constraint e exclude using gist (id with =)`), 'exclusion'],
    ['serial', order(`number serial, ${pkey}`), 'identity'],
    ['an identity of 32 bits', order(`number int generated always as identity, ${pkey}`), 'bigint'],
    ['two changes in one ALTER TABLE', order(pkey, 'alter table a.item add column a int, add column b int;'), 'one change'],
    [
      'a column together with its constraint',
      order(pkey, 'alter table a.item add column a int constraint c check (a > 0);'),
      'second statement',
    ],
    ['an unnamed constraint added later', order(pkey, 'alter table a.item add check (id is not null);'), 'name'],
    ['an identity added later', order(pkey, 'alter table a.item add column n bigint generated always as identity;'), 'later'],
    ['another type for the key', order(pkey, 'alter table a.item alter column customer_id type text;'), 'cannot change'],
    ['a renamed constraint', order(pkey, 'alter table a.item rename constraint item_pkey to p;'), 'renamed'],
    ['an upsert by the clock', `insert into a.b values (1) on conflict (id) do update set at = now();`, 'DO UPDATE'],
  ])('%s', (_, sql, reason) => expect(problemsOf(sql).join('\n')).toContain(reason))

  test('what is allowed passes', () => {
    const lines = `source_id smallint not null, name text, number bigint generated always as identity, ${pkey},
      constraint item_customer_fkey foreign key (customer_id) references a.customer (customer_id) on delete cascade,
      constraint item_source_fkey foreign key (source_id) references a.source (id), constraint item_name_key unique (customer_id, name),
      constraint item_name_short check (length(name) < 10), note text default 'a, b; primary key -- no'`
    const more = `create index item_by_id on a.item (id); alter table a.item add column later int; alter table a.item alter column name type text;
      comment on table a.item is 'create trigger inherits ('; create function a.f() returns int language sql as $$ select 1; create trigger $$;`
    expect(problemsOf(order(lines, more))).toEqual([])
  })
})

describe('the rules for statements bite', () => {
  const inSql = (text: string): string => `export const f = (db: Db) => sql\`${text}\`.execute(db)`
  test.each([
    ['the clock in DO UPDATE', inSql('insert into a.b (id) values ($1) on conflict (id) do update set updated_at = now()')],
    ['chance in DO UPDATE', inSql('insert into a.b (id) values ($1) on conflict (id) do update\n set x = random() where b.x > 1')],
    ['a subquery in DO UPDATE', inSql('insert into a.b (id) values ($1) on conflict (id) do update set x = (select 1)')],
    ['the clock in UPDATE', inSql(`update a.b set x = 1, updated_at = now() where customer_id = \${id}`)],
    ['the clock in UPDATE with an alias', inSql(`update a.b as b set updated_at = current_timestamp where customer_id = \${id}`)],
    ['chance in UPDATE after something filled in', inSql(`update a.b set x = \${\`\${x}\`}, id = gen_random_uuid()`)],
    ['the clock in the builder', "db.updateTable('a.b').set({ at: sql`now()` })"],
    [
      'the clock in the builder’s upsert',
      "db.insertInto('a.b').values(v).onConflict((c) => c.column('id').doUpdateSet({ at: sql<Date>`clock_timestamp()` }))",
    ],
    ['a function of the builder', "db.updateTable('a.b').set((eb) => ({ id: eb.fn('gen_random_uuid') }))"],
    ['a subquery in VALUES', inSql('insert into a.b (x, y) values (1, 2), (3, (select max(x) from a.c))')],
    ['a subquery in the builder’s values', "db.insertInto('a.b').values((eb) => ({ x: eb.selectFrom('a.c').select('x') }))"],
    ['MERGE', inSql('merge into a.b using a.c on b.id = c.id when matched then delete')],
    ['MERGE in the builder', "db.mergeInto('a.b')"],
    ['date_trunc without a zone', inSql(`select date_trunc('day', coalesce(a, b)) from a.b`)],
    ['date_trunc in a plain string', `client.query("select date_trunc('month', day) from a.b")`],
    ['locking several customers', inSql(`select * from a.b where customer_id = any(\${ids}) for update`)],
    ['locking several customers in the builder', "db.selectFrom('a.b').where('customer_id', 'in', ids).forUpdate()"],
    ['a connection of one’s own', 'const client = await database.pool.connect()'],
  ])('%s', (_, text) => expect(storeProblems('src/modules/x/store.ts', text)).not.toEqual([]))

  test.each([
    [
      'the clock in VALUES',
      inSql(`insert into a.b (id, at) values (\${id}, now()) on conflict (id) do update set at = excluded.at returning now()`),
    ],
    ['the clock behind FROM', inSql('update a.b set x = v.x from (select gen_random_uuid() as x) v where id = 1')],
    ['INSERT … SELECT', inSql('insert into a.b (x) select (select max(x) from a.c)')],
    ['date_trunc with a zone', inSql(`select date_trunc('day', coalesce(a, b), \${zone}) from a.b`)],
    ['locking one customer', "db.selectFrom('a.b').where('customer_id', '=', id).forUpdate()"],
    ['a set of JavaScript', 'cache.set(key, now())'],
    ['words in comments and regular expressions', "// update a.b set x = now()\nconst r = /['`] merge into/\nconst s = 'fine'"],
  ])('%s passes', (_, text) => expect(storeProblems('src/modules/x/store.ts', text)).toEqual([]))
})
