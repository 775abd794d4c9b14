import type { ImportField, ImportOption } from '#platform/imports/importer.ts'

const words = (text: string): readonly string[] => text.split('|')

/** The columns that a file of orders may have: one row per line of an order, or one per order. */
export const orderFields: readonly ImportField[] = [
  {
    name: 'orderNumber',
    kind: 'key',
    synonyms: words(
      'order number|order no|order id|invoice number|invoice no|invoice|receipt number|transaction id|document number|order|订单号|订单编号|单号|发票号|交易号|訂單編號|訂單號碼|發票號碼|單號|交易編號',
    ),
    examples: ['A-1001', 'A-1002'],
  },
  {
    name: 'customer',
    kind: 'key',
    synonyms: words(
      'customer id|customer number|customer no|client id|member id|account number|buyer id|user id|customer|client|buyer|客户编号|客户号|客户|会员号|会员编号|买家|用户id|客戶編號|客戶代號|客戶|會員編號|會員卡號|買家',
    ),
    examples: ['C-17', 'C-18'],
  },
  {
    name: 'date',
    kind: 'date',
    required: true,
    synonyms: words(
      'order date|invoice date|date|purchase date|transaction date|created at|paid at|ordered at|day|下单时间|下单日期|订单日期|日期|交易日期|付款时间|消费日期|訂單日期|下單日期|下單時間|交易日期|發票日期|購買日期',
    ),
    examples: ['2026-01-15', '2026-01-16'],
  },
  {
    name: 'product',
    kind: 'key',
    synonyms: words(
      'product code|sku|stock code|item code|item number|article number|product id|item|product|商品编码|商品编号|货号|产品编号|商品|商品編號|貨號|品號|產品編號|料號',
    ),
    examples: ['TEA-100', 'CUP-1'],
  },
  {
    name: 'productName',
    kind: 'text',
    synonyms: words(
      'product name|item name|description|title|line item name|lineitem name|article|商品名称|产品名称|品名|名称|商品名稱|產品名稱|品名規格',
    ),
    examples: ['Green tea 100 g', 'Tea cup'],
  },
  {
    name: 'category',
    kind: 'text',
    synonyms: words('category|product category|product group|department|类别|分类|品类|商品分类|類別|分類|商品類別'),
    examples: ['Tea', 'Tableware'],
  },
  {
    name: 'quantity',
    kind: 'quantity',
    synonyms: words('quantity|qty|units|pieces|count|cds|items|lineitem quantity|数量|件数|數量|件數'),
    examples: ['2', '4'],
  },
  {
    name: 'unitPrice',
    kind: 'amount',
    synonyms: words('unit price|price|price each|item price|lineitem price|rate each|单价|价格|單價|售價|價格'),
    examples: ['12.50', '9.90'],
  },
  {
    name: 'amount',
    kind: 'amount',
    synonyms: words(
      'amount|line total|total|revenue|value|sales|net amount|order total|total price|subtotal|spend|金额|总价|销售额|实付金额|小计|合计|消费金额|金額|總價|銷售額|實付金額|小計|合計|消費金額',
    ),
    examples: ['', ''],
  },
  {
    name: 'discount',
    kind: 'amount',
    synonyms: words(
      'discount|discount amount|line discount|reduction|lineitem discount|折扣|优惠|优惠金额|折扣金额|折讓|優惠|優惠金額|折扣金額',
    ),
    examples: ['1.00', ''],
  },
  {
    name: 'orderDiscount',
    kind: 'amount',
    synonyms: words('order discount|total discount|coupon amount|voucher amount|整单优惠|订单优惠|整單折扣|訂單折扣'),
    examples: ['', ''],
  },
  {
    name: 'cost',
    kind: 'amount',
    synonyms: words('cost|line cost|total cost|cost of goods|cogs|成本|总成本|總成本|銷貨成本'),
    examples: ['', ''],
  },
  {
    name: 'unitCost',
    kind: 'amount',
    synonyms: words('unit cost|cost price|purchase price|单位成本|进价|成本价|單位成本|進價|成本價'),
    examples: ['6.00', '4.20'],
  },
  {
    name: 'shippingCost',
    kind: 'amount',
    synonyms: words('shipping|shipping cost|freight|delivery cost|postage|运费|邮费|運費|郵資'),
    examples: ['3.50', ''],
  },
  {
    name: 'fee',
    kind: 'amount',
    synonyms: words('fee|fees|payment fee|commission|transaction fee|手续费|佣金|手續費|佣金費用'),
    examples: ['', ''],
  },
  {
    name: 'tax',
    kind: 'amount',
    synonyms: words('tax|tax amount|vat|vat amount|gst|税额|税|增值税|稅額|營業稅|稅'),
    examples: ['', ''],
  },
  {
    name: 'taxRate',
    kind: 'quantity',
    synonyms: words('tax rate|tax percent|vat rate|vat percent|税率|稅率'),
    examples: ['', ''],
  },
  { name: 'currency', kind: 'text', synonyms: words('currency|currency code|币种|货币|幣別|貨幣'), examples: ['', ''] },
  {
    name: 'status',
    kind: 'text',
    synonyms: words('status|order status|state|financial status|状态|订单状态|狀態|訂單狀態'),
    examples: ['', ''],
  },
  {
    name: 'channel',
    kind: 'text',
    synonyms: words('channel|sales channel|store|shop|platform|渠道|店铺|门店|平台|通路|店鋪|門市'),
    examples: ['shop', 'web'],
  },
  {
    name: 'campaign',
    kind: 'text',
    synonyms: words('campaign|promotion|utm campaign|coupon code|discount code|活动|促销活动|優惠代碼|行銷活動|活動'),
    examples: ['', 'spring'],
  },
  {
    name: 'customerName',
    kind: 'text',
    synonyms: words('customer name|name|full name|buyer name|client name|客户名称|客户姓名|姓名|客戶名稱|客戶姓名|會員姓名'),
    examples: ['Ann Lee', 'Bo Chen'],
  },
  { name: 'givenName', kind: 'text', synonyms: words('first name|given name|forename|名|名字'), examples: ['', ''] },
  { name: 'familyName', kind: 'text', synonyms: words('last name|family name|surname|姓|姓氏'), examples: ['', ''] },
]

export const orderOptions: readonly ImportOption[] = [
  /** The currency of a file that does not say one; empty for the organization's. */
  { name: 'currency', choices: null, initial: '' },
  /** Whether amounts are net of tax, or include it and have it taken off: by the tax column, the rate column, or `taxPercent`. */
  { name: 'tax', choices: ['net', 'included'], initial: 'net' },
  { name: 'taxPercent', choices: null, initial: '' },
  /** Order numbers that begin with this are cancellations, whatever the sign of their quantities. */
  { name: 'cancellationPrefix', choices: null, initial: '' },
  /** Who wins where an order was changed by hand since. */
  { name: 'conflict', choices: ['hand', 'file'], initial: 'hand' },
]

const cancelledWords = new Set([
  'cancelled',
  'canceled',
  'void',
  'voided',
  '已取消',
  '取消',
  '作废',
  '作廢',
  '已作廢',
  '交易关闭',
  '交易關閉',
])

/** Whether the word in a status column says that the order was cancelled before it was delivered. */
export const saysCancelled = (status: string): boolean => cancelledWords.has(status.trim().toLowerCase())
