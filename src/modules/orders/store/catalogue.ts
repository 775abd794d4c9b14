import { type RawBuilder, sql } from 'kysely'
import type { Place } from '#platform/cursor.ts'
import type { Db } from '#platform/database/connection.ts'
import { microOf } from '../domain/amount.ts'
import type { Catalogue } from '../domain/order.ts'

export interface Product {
  readonly code: string
  readonly name: string | null
  readonly category: string | null
  /** Decimal text in the organization's currency. */
  readonly unitCost: string | null
}

export interface Category {
  readonly name: string
  readonly marginPercent: number | null
}

/** Costs and margins of all products that have one, in memory: a catalogue is small beside its sales. */
export const readCatalogue = (db: Db, currency: string): Promise<Catalogue> => catalogueWhere(db, currency, sql`true`)

/** The same of some products. */
export const readCatalogueOf = (db: Db, currency: string, codes: readonly string[]): Promise<Catalogue> =>
  catalogueWhere(db, currency, sql`p.code = any(${codes}::text[])`)

async function catalogueWhere(db: Db, currency: string, where: RawBuilder<unknown>): Promise<Catalogue> {
  const { rows } = await sql<{ code: string; cost: string | null; margin: string | null }>`
    select p.code, p.unit_cost as cost, c.margin_percent as margin from orders.product p left join orders.category c on c.name = p.category
    where ${where} and (p.unit_cost is not null or c.margin_percent is not null)`.execute(db)
  const known = new Map(
    rows.map(({ code, cost, margin }) => [code, { cost: microOrNull(cost), margin: margin === null ? null : Number(margin) }]),
  )
  return {
    currency,
    size: known.size,
    unitCostMicro: (product) => known.get(product)?.cost ?? null,
    marginPercent: (product) => known.get(product)?.margin ?? null,
  }
}

const microOrNull = (text: string | null): number | null => {
  const value = text === null ? Number.NaN : microOf(text)
  return Number.isNaN(value) ? null : value
}

const productColumns = ['code', 'name', 'category', 'unit_cost as unitCost'] as const

/** Products by code, those of a search or all; `except` names the codes of those that are left out. */
export async function listProducts(
  db: Db,
  search: string | null,
  after: Place | null,
  limit: number,
  except: readonly string[] = [],
): Promise<Product[]> {
  let query = db.selectFrom('orders.product').select(productColumns)
  if (search)
    query = query.where((e) => e.or([e('code', 'ilike', `%${escapeLike(search)}%`), e('name', 'ilike', `%${escapeLike(search)}%`)]))
  if (after) query = query.where('code', '>', String(after[0]))
  if (except.length > 0) query = query.where(sql<boolean>`code <> all(${except}::text[])`)
  return query.orderBy('code').limit(limit).execute()
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`)

export async function productsByCode(db: Db, codes: readonly string[]): Promise<Map<string, Product>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('orders.product')
    .select(productColumns)
    .where('code', 'in', [...codes])
    .execute()
  return new Map(rows.map((row) => [row.code, row]))
}

export async function listCategories(db: Db): Promise<Category[]> {
  const rows = await db.selectFrom('orders.category').select(['name', 'margin_percent']).orderBy('name').limit(2000).execute()
  return rows.map(({ name, margin_percent }) => ({ name, marginPercent: margin_percent === null ? null : Number(margin_percent) }))
}

/** Who writes a row of the catalogue: a run, whose writing can be undone, or a person. */
export interface CatalogueWriter {
  readonly runId: string | null
  readonly now: Date
}

export interface CatalogueCounts {
  readonly new: number
  readonly changed: number
  readonly unchanged: number
}

/** Writes products as files say them; null fields leave what is there. */
export async function writeProducts(db: Db, products: readonly Product[], by: CatalogueWriter): Promise<CatalogueCounts> {
  const before = await productsByCode(
    db,
    products.map((p) => p.code),
  )
  const wanted = products.map((p) => {
    const old = before.get(p.code)
    return {
      code: p.code,
      name: p.name ?? old?.name ?? null,
      category: p.category ?? old?.category ?? null,
      unitCost: p.unitCost ?? old?.unitCost ?? null,
    }
  })
  return putProducts(db, wanted, before, by)
}

/** What is to be written of one product or category: null clears, undefined leaves what is there. */
export type ProductChange = Pick<Product, 'code'> & { readonly [K in 'name' | 'category' | 'unitCost']?: Product[K] | undefined }
export type CategoryChange = Pick<Category, 'name'> & { readonly marginPercent?: number | null | undefined }

/** A product as it is now, made empty where there is none yet, so that nobody else writes it until this transaction ends. */
export async function heldProduct(db: Db, code: string, by: CatalogueWriter): Promise<Product> {
  await ensureProducts(db, [{ code, name: null, category: null }], by)
  return db.selectFrom('orders.product').select(productColumns).where('code', '=', code).forUpdate().executeTakeFirstOrThrow()
}

/** The same of a category. */
export async function heldCategory(db: Db, name: string, by: CatalogueWriter): Promise<Category> {
  await ensureCategories(db, [name], by)
  const row = await db.selectFrom('orders.category').select('margin_percent').where('name', '=', name).forUpdate().executeTakeFirstOrThrow()
  return { name, marginPercent: row.margin_percent === null ? null : Number(row.margin_percent) }
}

export async function changeProduct(db: Db, change: ProductChange, by: CatalogueWriter): Promise<Product> {
  const before = await productsByCode(db, [change.code])
  const old = before.get(change.code)
  const settled = <T>(said: T | undefined, there: T | undefined): T | null => (said === undefined ? (there ?? null) : said)
  const wanted = {
    code: change.code,
    name: settled(change.name, old?.name),
    category: settled(change.category, old?.category),
    unitCost: settled(change.unitCost, old?.unitCost),
  }
  await putProducts(db, [wanted], before, by)
  return wanted
}

/** Writes products whole where they differ from what was there. */
async function putProducts(
  db: Db,
  wanted: readonly Product[],
  before: ReadonlyMap<string, Product>,
  by: CatalogueWriter,
): Promise<CatalogueCounts> {
  const same = (p: Product) => {
    const old = before.get(p.code)
    return old !== undefined && old.name === p.name && old.category === p.category && isSameNumber(old.unitCost, p.unitCost)
  }
  const written = wanted.filter((p) => !same(p))
  await keepCatalogue(
    db,
    'product',
    written.map((p) => p.code),
    by,
  )
  await ensureCategories(
    db,
    written.flatMap((p) => p.category ?? []),
    by,
  )
  if (written.length > 0)
    await sql`
      insert into orders.product (code, name, category, unit_cost, run_id, updated_at)
      select x.code, x.name, x.category, x.cost, ${by.runId}::uuid, ${by.now}::timestamptz
      from unnest(${written.map((p) => p.code)}::text[], ${written.map((p) => p.name)}::text[], ${written.map((p) => p.category)}::text[],
        ${written.map((p) => p.unitCost)}::numeric[]) as x (code, name, category, cost)
      on conflict (code) do update set name = excluded.name, category = excluded.category, unit_cost = excluded.unit_cost, run_id = excluded.run_id, updated_at = excluded.updated_at`.execute(
      db,
    )
  const made = written.filter((p) => !before.has(p.code)).length
  return { new: made, changed: written.length - made, unchanged: wanted.length - written.length }
}

/** Products that orders name are known from then on; those that are known stay as they are. */
export async function ensureProducts(
  db: Db,
  products: readonly { code: string; name: string | null; category: string | null }[],
  by: CatalogueWriter,
): Promise<void> {
  if (products.length === 0) return
  await ensureCategories(
    db,
    products.flatMap((p) => p.category ?? []),
    by,
  )
  const { rows } = await sql<{ code: string }>`
    insert into orders.product (code, name, category, run_id, updated_at)
    select x.code, x.name, x.category, ${by.runId}::uuid, ${by.now}::timestamptz
    from unnest(${products.map((p) => p.code)}::text[], ${products.map((p) => p.name)}::text[], ${products.map((p) => p.category)}::text[]) as x (code, name, category)
    order by x.code on conflict (code) do nothing returning code`.execute(db)
  await noteMade(
    db,
    'product',
    rows.map((row) => row.code),
    by,
  )
}

async function ensureCategories(db: Db, names: readonly string[], by: CatalogueWriter): Promise<void> {
  if (names.length === 0) return
  const { rows } = await sql<{ name: string }>`
    insert into orders.category (name, run_id, updated_at) select x.name, ${by.runId}::uuid, ${by.now}::timestamptz
    from unnest(${[...new Set(names)].sort()}::text[]) as x (name) on conflict (name) do nothing returning name`.execute(db)
  await noteMade(
    db,
    'category',
    rows.map((row) => row.name),
    by,
  )
}

export async function changeCategory(db: Db, { name, marginPercent }: CategoryChange, by: CatalogueWriter): Promise<Category> {
  await keepCatalogue(db, 'category', [name], by)
  const margin = marginPercent == null ? null : String(marginPercent)
  const { rows } = await sql<{ margin: string | null }>`
    insert into orders.category as c (name, margin_percent, run_id, updated_at) values (${name}, ${margin}::numeric, ${by.runId}::uuid, ${by.now}::timestamptz)
    on conflict (name) do update set margin_percent = case when ${marginPercent === undefined} then c.margin_percent else excluded.margin_percent end,
      run_id = excluded.run_id, updated_at = excluded.updated_at
    returning margin_percent as margin`.execute(db)
  const set = rows[0]!.margin
  return { name, marginPercent: set === null ? null : Number(set) }
}

/** Keeps what rows were before a run writes them; null for those that are not there. */
export async function keepCatalogue(
  db: Db,
  kind: 'product' | 'category' | 'rate',
  keys: readonly string[],
  by: CatalogueWriter,
): Promise<void> {
  if (by.runId === null || keys.length === 0) return
  await sql`
    insert into orders.catalogue_before (run_id, kind, key, before)
    select ${by.runId}::uuid, ${kind}, x.key, ${
      kind === 'product'
        ? sql`(select to_jsonb(p) from orders.product p where p.code = x.key)`
        : kind === 'category'
          ? sql`(select to_jsonb(c) from orders.category c where c.name = x.key)`
          : sql`(select to_jsonb(r) from orders.day_rate r where r.currency || ' ' || r.day = x.key)`
    }
    from unnest(${keys}::text[]) as x (key) on conflict (run_id, kind, key) do nothing`.execute(db)
}

async function noteMade(db: Db, kind: 'product' | 'category', keys: readonly string[], by: CatalogueWriter): Promise<void> {
  if (by.runId === null || keys.length === 0) return
  await sql`
    insert into orders.catalogue_before (run_id, kind, key) select ${by.runId}::uuid, ${kind}, x.key from unnest(${keys}::text[]) as x (key)
    on conflict (run_id, kind, key) do nothing`.execute(db)
}

export const isSameNumber = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && Number(a) === Number(b))
