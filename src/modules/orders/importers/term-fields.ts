import type { ImportField } from '#platform/imports/importer.ts'

const words = (text: string): readonly string[] => text.split('|')

/**
 * What a file of orders may say of terms and deliveries, besides its other columns. What is said of the order as a whole is taken from the first of its rows that says it; grade, specification and what came are those of
 * the row's line. Names are so particular that no other column is taken for one of these: a file without them is read as if they did not exist.
 */
export const termFields: readonly ImportField[] = [
  {
    name: 'promisedDay',
    kind: 'date',
    synonyms: words(
      'promised delivery day|promised delivery date|promised day|promised date|promised delivery|agreed delivery date|contract delivery date|delivery due date|约定交货日期|承诺交货日期|合同交货日期|应交货日期|交货期限|交期|約定交貨日期|承諾交貨日期|合約交貨日期|應交貨日期|交貨期限',
    ),
    examples: ['2026-01-20', ''],
  },
  {
    name: 'deliveredDay',
    kind: 'date',
    synonyms: words(
      'delivered day|delivered date|delivered on|delivered at|actual delivery date|actual delivery day|received on|实际交货日期|实际到货日期|到货日期|签收日期|签收时间|送达时间|實際交貨日期|實際到貨日期|到貨日期|簽收日期|簽收時間|送達時間',
    ),
    examples: ['2026-01-19', ''],
  },
  {
    name: 'deliveredQuantity',
    kind: 'quantity',
    synonyms: words(
      'delivered quantity|quantity delivered|received quantity|actual quantity|实际交货数量|实收数量|到货数量|實際交貨數量|實收數量|到貨數量',
    ),
    examples: ['2', ''],
  },
  {
    name: 'deliveryPlace',
    kind: 'text',
    synonyms: words('delivery place|place of delivery|agreed delivery place|交货地点|约定交货地点|交貨地點|約定交貨地點'),
    examples: ['', ''],
  },
  {
    name: 'deliveredPlace',
    kind: 'text',
    synonyms: words('delivered place|place delivered|actual delivery place|实际交货地点|實際交貨地點'),
    examples: ['', ''],
  },
  {
    name: 'settlement',
    kind: 'text',
    synonyms: words('settlement|settlement method|method of settlement|结算方式|結算方式'),
    examples: ['', ''],
  },
  {
    name: 'tradeTerms',
    kind: 'text',
    synonyms: words('trade terms|terms of trade|incoterms|贸易条件|交易条件|贸易术语|貿易條件|交易條件'),
    examples: ['', ''],
  },
  {
    name: 'paymentWay',
    kind: 'text',
    synonyms: words('payment way|payment method|way of payment|means of payment|支付方式|付款方式'),
    examples: ['', ''],
  },
  {
    name: 'grade',
    kind: 'text',
    synonyms: words('grade|quality grade|goods grade|产品等级|商品等级|货物等级|质量等级|產品等級|商品等級|貨物等級|品質等級'),
    examples: ['', ''],
  },
  {
    name: 'specification',
    kind: 'text',
    synonyms: words('specification|goods specification|规格|规格型号|商品规格|規格|規格型號|商品規格'),
    examples: ['', ''],
  },
  {
    name: 'deliveredGrade',
    kind: 'text',
    synonyms: words('delivered grade|actual grade|实际等级|實際等級'),
    examples: ['', ''],
  },
  {
    name: 'deliveredSpecification',
    kind: 'text',
    synonyms: words('delivered specification|actual specification|实际规格|實際規格'),
    examples: ['', ''],
  },
]
