import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'

/** A product with those that the same customers buy, nearest first. */
export interface ProductNeighbours {
  readonly product: string
  /** Customers who bought it, in what was looked at. */
  readonly customers: number
  readonly neighbours: readonly (readonly [product: string, cosine: number])[]
}

/** Replaces all products. */
export async function replaceProductAffinity(db: Db, rows: readonly ProductNeighbours[]): Promise<void> {
  await db.deleteFrom('value.product_affinity').execute()
  for (let from = 0; from < rows.length; from += 2_000) {
    const some = rows.slice(from, from + 2_000)
    await sql`insert into value.product_affinity (product, customers, neighbours)
      select * from unnest(${some.map((row) => row.product)}::text[], ${some.map((row) => row.customers)}::int[],
        ${some.map((row) => JSON.stringify(row.neighbours))}::jsonb[])`.execute(db)
  }
}

export async function productAffinityOf(db: Db, products: readonly string[]): Promise<ProductNeighbours[]> {
  if (products.length === 0) return []
  const { rows } = await sql<ProductNeighbours>`
    select product, customers, neighbours from value.product_affinity where product = any(${products}::text[]) order by product`.execute(db)
  return rows
}
