import { expect, test } from 'vitest'
import { type FieldSpec, recogniseColumns, wordsOf } from './columns.ts'

const fields: readonly FieldSpec[] = [
  { name: 'orderNumber', kind: 'key', synonyms: ['order number', 'order id', 'invoice no', '订单编号', '订单号', '單號'] },
  {
    name: 'customerId',
    kind: 'key',
    required: true,
    synonyms: ['customer id', 'customer no', 'customer', '客户编号', '会员编号', '客戶編號'],
  },
  { name: 'customerName', kind: 'text', synonyms: ['customer name', 'name', '客户姓名', '姓名'] },
  { name: 'firstName', kind: 'text', synonyms: ['first name', 'given name', '名'] },
  { name: 'lastName', kind: 'text', synonyms: ['last name', 'surname', '姓'] },
  { name: 'email', kind: 'email', synonyms: ['email', 'e-mail', 'mail', '邮箱', '電子郵件'] },
  { name: 'date', kind: 'date', required: true, synonyms: ['order date', 'date', 'invoice date', '下单时间', '订单日期', '訂購日期'] },
  { name: 'productCode', kind: 'key', synonyms: ['product code', 'sku', 'stock code', '商品编码', '貨號'] },
  { name: 'productName', kind: 'text', synonyms: ['product name', 'description', '商品名称', '品名'] },
  { name: 'quantity', kind: 'quantity', synonyms: ['quantity', 'qty', 'units', 'cds', '数量'] },
  { name: 'unitPrice', kind: 'amount', synonyms: ['unit price', 'price', '单价'] },
  { name: 'amount', kind: 'amount', synonyms: ['amount', 'total', 'revenue', 'value', '金额', '小计'] },
  { name: 'country', kind: 'text', synonyms: ['country', '国家'] },
]

const recognised = (headers: readonly string[], rows: readonly (readonly string[])[] = []): Record<string, string> =>
  Object.fromEntries(recogniseColumns(headers, rows, fields).map(({ field, column }) => [headers[column]!, field]))

test('the columns of three real files need no hand work', () => {
  expect(
    recognised(
      ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'],
      [['536365', '85123A', 'WHITE HANGING HEART', '6', '2010-12-01 08:26:00', '2.55', '17850', 'United Kingdom']],
    ),
  ).toEqual({
    InvoiceNo: 'orderNumber',
    StockCode: 'productCode',
    Description: 'productName',
    Quantity: 'quantity',
    InvoiceDate: 'date',
    UnitPrice: 'unitPrice',
    CustomerID: 'customerId',
    Country: 'country',
  })
  expect(recognised(['master_id', 'customer_id', 'date', 'cds', 'value'], [['00004', '0001', '1997-01-01', '2', '29.33']])).toEqual({
    customer_id: 'customerId',
    date: 'date',
    cds: 'quantity',
    value: 'amount',
  })
  expect(
    recognised(
      ['customer_id', 'order_date', 'revenue', 'first_name', 'last_name', 'email'],
      [['Brion Stark', '2004-12-20', '32', 'Brion', 'Stark', 'b@rfmail.com']],
    ),
  ).toEqual({
    customer_id: 'customerId',
    order_date: 'date',
    revenue: 'amount',
    first_name: 'firstName',
    last_name: 'lastName',
    email: 'email',
  })
})

test('simplified and traditional headers, with units and full-width signs', () => {
  expect(recognised(['订单号', '会员编号', '下单时间', '商品名称', '数量', '单价（元）', '金额(元)'])).toEqual({
    订单号: 'orderNumber',
    会员编号: 'customerId',
    下单时间: 'date',
    商品名称: 'productName',
    数量: 'quantity',
    '单价（元）': 'unitPrice',
    '金额(元)': 'amount',
  })
  expect(recognised(['單號', '會員編號', '訂購日期', '品名', '數量', '單價', '小計'])).toEqual({
    單號: 'orderNumber',
    會員編號: 'customerId',
    訂購日期: 'date',
    品名: 'productName',
    數量: 'quantity',
    單價: 'unitPrice',
    小計: 'amount',
  })
})

test('a header is not believed against its cells', () => {
  const rows = [
    ['1', 'red'],
    ['2', 'blue'],
    ['3', 'green'],
  ]
  expect(recognised(['customer', 'amount'], rows)).toEqual({ customer: 'customerId' })
})

test('cells speak where headers do not: addresses, and the only dates', () => {
  const rows = [
    ['a@x.com', '2024-01-01', '5'],
    ['b@x.com', '2024-01-02', '6'],
    ['c@x.com', '2024-01-03', '7'],
  ]
  const found = recogniseColumns(['c1', 'c2', 'c3'], rows, fields)
  expect(found.map(({ field, column, why }) => [field, column, why.code])).toEqual([
    ['email', 0, 'contents'],
    ['date', 1, 'contents'],
  ])
})

test('each column and each field is used once, the most certain pairs first, and close names are said to be close', () => {
  const found = recogniseColumns(['order total amount', 'Ammount', 'customer id', 'customer'], [], fields)
  expect(found.filter(({ field }) => field === 'amount')).toEqual([
    expect.objectContaining({ column: 1, why: expect.objectContaining({ code: 'similarName' }) }),
  ])
  expect(found.filter(({ field }) => field === 'customerId')).toEqual([
    expect.objectContaining({ column: 2, why: expect.objectContaining({ code: 'sameName' }) }),
  ])
  expect(new Set(found.map(({ column }) => column)).size).toBe(found.length)
})

test('the words of a header', () => {
  expect(wordsOf('CustomerID')).toEqual(['customer', 'id'])
  expect(wordsOf('  ORDER_no. ')).toEqual(['order', 'no'])
  expect(wordsOf('Order #')).toEqual(['order', 'no'])
  expect(wordsOf('ＵｎｉｔＰｒｉｃｅ')).toEqual(['unit', 'price'])
  expect(wordsOf('客戶ID')).toEqual(['客户', 'id'])
  expect(wordsOf('單價（元）')).toEqual(['单价'])
  expect(wordsOf('')).toEqual([])
})
