import { rowImporter } from '#platform/imports/row-importer.ts'
import { microOf } from '../domain/amount.ts'
import { requestRecosting } from '../runs/recost.ts'
import { type Product, writeProducts } from '../store/catalogue.ts'
import { undoCatalogueImport } from './undo-catalogue.ts'

/** Products from a file: one row is one product; empty cells leave what is known. */
export const productsImporter = rowImporter<Product>({
  kind: 'products',
  module: 'orders',
  permission: 'orders.manage',
  fields: [
    {
      name: 'code',
      kind: 'key',
      required: true,
      synonyms: [
        'product code',
        'sku',
        'stock code',
        'item code',
        'item number',
        'article number',
        'product id',
        'product',
        '商品编码',
        '商品编号',
        '货号',
        '产品编号',
        '编码',
        '商品編號',
        '貨號',
        '品號',
        '產品編號',
        '料號',
        '編號',
      ],
      examples: ['TEA-100', 'CUP-1'],
    },
    {
      name: 'name',
      kind: 'text',
      synonyms: [
        'product name',
        'item name',
        'description',
        'title',
        '商品名称',
        '产品名称',
        '品名',
        '名称',
        '商品名稱',
        '產品名稱',
        '名稱',
      ],
      examples: ['Green tea 100 g', 'Tea cup'],
    },
    {
      name: 'category',
      kind: 'text',
      synonyms: ['product category', 'product group', 'group', '类别', '分类', '品类', '類別', '分類', '商品類別'],
      examples: ['Tea', 'Tableware'],
    },
    {
      name: 'unitCost',
      kind: 'amount',
      synonyms: ['unit cost', 'cost', 'cost price', 'purchase price', '单位成本', '成本', '进价', '成本价', '單位成本', '進價', '成本價'],
      examples: ['6.00', '4.20'],
    },
  ],
  options: [],
  parse(row) {
    const code = row.text('code', 200)
    const unitCost = row.number('unitCost')
    if (code === null && !row.rejected) row.reject('code', 'codeMissing', 'The row has no product code')
    if (unitCost !== null && !(microOf(unitCost) >= 0))
      row.reject('unitCost', 'costOutOfRange', `'${unitCost}' cannot be a cost: below 0, too large, or with more than six decimal places`)
    const [name, category] = [row.text('name', 500), row.text('category', 200)]
    return row.rejected || code === null ? null : { code, name, category, unitCost }
  },
  async save(context, items, job) {
    const products = new Map(items.map(({ value }) => [value.code, value]))
    const counts = await writeProducts(context.db, [...products.values()], { runId: job.runId, now: context.now })
    if (counts.new + counts.changed > 0) await requestRecosting(context)
    return { counts: { ...counts, unchanged: counts.unchanged + items.length - products.size } }
  },
  undo: undoCatalogueImport,
})
