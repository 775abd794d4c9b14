import { emptyTexts, type Texts } from '../texts.ts'
import type { ShippedArticle } from './articles.ts'

type Line = readonly [key: string, en: string, simplified: string, traditional: string]

const about: Texts = {
  en: 'What is looked after so that such complaints do not arise. Go through it every month, and after every complaint of the kind.',
  'zh-CN': '平时做好这些，这类投诉就不会发生。每月过一遍，每次出现这类投诉之后再过一遍。',
  'zh-TW': '平時做好這些，這類客訴就不會發生。每月過一遍，每次出現這類客訴之後再過一遍。',
}
const checklist = (number: number, category: string, title: Texts, lines: readonly Line[]): ShippedArticle => ({
  id: `0198c0de-0030-7000-8000-000000000${310 + number}`,
  key: `prevention-${category}`,
  kind: 'prevention',
  category,
  tags: ['complaint', 'prevention'],
  ownerRole: 'department',
  needsAcknowledgement: false,
  published: true,
  content: {
    title,
    body: about,
    items: lines.map(([key, en, simplified, traditional]) => ({
      key,
      title: { en, 'zh-CN': simplified, 'zh-TW': traditional },
      hint: emptyTexts,
    })),
  },
})

/** One checklist for each of the four categories of complaints (G-02, G-12). */
export const shippedPrevention: readonly ShippedArticle[] = [
  checklist(1, 'product-quality', { en: 'Preventing complaints about quality', 'zh-CN': '预防商品质量投诉', 'zh-TW': '預防商品品質客訴' }, [
    ['incoming', 'What comes in is checked by sample before it is sold', '到货先抽检，合格才上架', '到貨先抽檢，合格才上架'],
    [
      'specification',
      'Specifications in catalogue, offer and on the label agree',
      '目录、报价和标签上的规格一致',
      '目錄、報價和標籤上的規格一致',
    ],
    [
      'batch',
      'Of every complaint the batch is known, and the rest of the batch is looked at',
      '每次投诉都查到批次，并检查同批其余商品',
      '每次客訴都查到批次，並檢查同批其餘商品',
    ],
    [
      'instructions',
      'Instructions for use come along and are understood by a beginner',
      '附使用说明，新手也看得懂',
      '附使用說明，新手也看得懂',
    ],
    [
      'returns',
      'Returned goods are examined, and the maker hears of the result',
      '退货都要检验，并把结果告诉生产方',
      '退貨都要檢驗，並把結果告訴製造方',
    ],
  ]),
  checklist(2, 'contract', { en: 'Preventing complaints about contracts', 'zh-CN': '预防购销合同投诉', 'zh-TW': '預防買賣合約客訴' }, [
    [
      'confirmed',
      'Quantity, grade, day and place of delivery are confirmed in writing',
      '数量、等级、交货时间和地点都有书面确认',
      '數量、等級、交貨時間和地點都有書面確認',
    ],
    ['feasible', 'Nobody promises a day that the warehouse has not confirmed', '仓库没有确认的日期不承诺', '倉庫沒有確認的日期不承諾'],
    ['changes', 'Whoever changes an order tells the customer the same day', '订单有变，当天告诉客户', '訂單有變，當天告訴客戶'],
    [
      'terms',
      'Settlement and trade terms are explained in plain words',
      '结算方式和交易条件用通俗的话讲清楚',
      '結算方式和交易條件用淺白的話講清楚',
    ],
    ['before-leaving', 'What leaves the house is compared with the contract', '出货前对照合同核对', '出貨前對照合約核對'],
  ]),
  checklist(3, 'freight', { en: 'Preventing complaints about transport', 'zh-CN': '预防货物运输投诉', 'zh-TW': '預防貨物運輸客訴' }, [
    ['packing', 'Packing is tested with the worst way that goods take', '包装按最差的运输条件做过测试', '包裝依最差的運輸條件做過測試'],
    ['photo', 'Fragile goods are photographed before they leave', '易碎品出货前拍照', '易碎品出貨前拍照'],
    ['climate', 'What spoils travels cool and dry, and fast', '易变质的货物低温、干燥、快运', '易變質的貨物低溫、乾燥、快運'],
    ['carrier', 'Damage and loss are counted per carrier every month', '每月按承运商统计损坏和丢失', '每月依貨運公司統計損壞和遺失'],
    [
      'tracking',
      'The customer can follow the consignment, and hears of delays from us first',
      '客户可查物流，晚到由我们先通知',
      '客戶可查物流，晚到由我們先通知',
    ],
  ]),
  checklist(4, 'service', { en: 'Preventing complaints about service', 'zh-CN': '预防服务投诉', 'zh-TW': '預防服務客訴' }, [
    ['reachable', 'Calls and messages are answered within the promised time', '来电来信在承诺时间内答复', '來電來信在承諾時間內答覆'],
    ['conduct', 'Everybody at the desk has read the rules of conduct', '前台人人读过行为准则', '櫃檯人人讀過行為準則'],
    ['practice', 'Difficult conversations are practised every month', '每月演练困难对话', '每月演練困難對話'],
    ['handover', 'Whoever takes over reads what was said before', '交接前先看之前的沟通记录', '交接前先看之前的溝通紀錄'],
    ['promises', 'Open promises are looked through every evening', '每晚检查未兑现的承诺', '每晚檢查未兌現的承諾'],
  ]),
]
