import { isAscii } from 'node:buffer'
import type { Encoding } from './to-utf8.ts'

export type EncodingGuess = {
  readonly encoding: Encoding
  /** 0…1: 1 by a byte order mark, 0.5 where only ASCII was seen and later bytes may still decide otherwise. */
  readonly confidence: number
  readonly asciiOnly: boolean
}

/**
 * The encoding of a text from its first bytes (a character cut at the end does not matter). A byte order mark decides; else validity as UTF-8,
 * where a few broken bytes among many good sequences do not unmake it; else the decoding whose Chinese characters are the common ones:
 * bytes of Big5 read as GB18030, and the reverse, are nearly always valid and nearly always rare characters.
 */
export function detectEncoding(bytes: Uint8Array): EncodingGuess {
  const certain = (encoding: Encoding, confidence = 1): EncodingGuess => ({ encoding, confidence, asciiOnly: false })
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return certain('utf-8')
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return certain('utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return certain('utf-16be')
  const unmarked = utf16WithoutMark(bytes)
  if (unmarked) return certain(unmarked, 0.8)
  if (isAscii(bytes)) return { encoding: 'utf-8', confidence: 0.5, asciiOnly: true }
  const sequences = countSequences(bytes)
  if (sequences.broken === 0) return certain('utf-8', 0.99)
  if (sequences.valid > 10 * sequences.broken) return certain('utf-8', 0.9)

  const gb = chineseScore(bytes, 'gb18030')
  const big5 = chineseScore(bytes, 'big5')
  const western = westernScore(bytes)
  const best = Math.max(gb, big5)
  if (best >= 0.25 && best >= western - 0.5) return certain(gb >= big5 ? 'gb18030' : 'big5', Math.min(0.99, 0.5 + Math.abs(gb - big5) / 2))
  return western > 0 ? certain('windows-1252', 0.3 + western / 3) : certain('utf-8', 0.2)
}

/** Texts in UTF-16 that are mostly ASCII have a zero in every second byte. */
function utf16WithoutMark(bytes: Uint8Array): Encoding | undefined {
  const length = Math.min(bytes.length & ~1, 4096)
  if (length < 4) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const pairs = length / 2
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le'
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be'
  return undefined
}

/** Sequences of several bytes that are valid UTF-8, and bytes that are not; a sequence cut at the end counts as neither. */
function countSequences(bytes: Uint8Array): { valid: number; broken: number } {
  let valid = 0
  let broken = 0
  for (let i = 0; i < bytes.length; ) {
    const c = bytes[i]!
    if (c < 0x80) {
      i++
      continue
    }
    const length = c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0
    if (length > 0 && i + length > bytes.length) break
    let good = length > 0
    for (let k = 1; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) good = false
    const second = bytes[i + 1]!
    if ((c === 0xe0 && second < 0xa0) || (c === 0xed && second > 0x9f) || (c === 0xf0 && second < 0x90) || (c === 0xf4 && second > 0x8f))
      good = false
    if (good) valid++
    else broken++
    i += good ? length : 1
  }
  return { valid, broken }
}

/** Share of common Chinese characters and Chinese punctuation among all characters beyond ASCII; 0 where the bytes are not valid. */
function chineseScore(bytes: Uint8Array, encoding: 'gb18030' | 'big5'): number {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true })
  let beyond = 0
  let common = 0
  let lost = 0
  for (const character of text) {
    if (character < '\u0080') continue
    beyond++
    if (character === '\ufffd') lost++
    else if (commonCharacters.has(character)) common++
  }
  return beyond === 0 || lost > beyond * 0.05 ? 0 : common / beyond
}

/** Share of bytes beyond ASCII that stand alone, as accented letters do; Chinese characters come in pairs of bytes and mostly in words. */
function westernScore(bytes: Uint8Array): number {
  let high = 0
  let alone = 0
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes[i]!
    if (c < 0x80) continue
    high++
    const before = i > 0 ? bytes[i - 1]! : 0
    const after = i + 1 < bytes.length ? bytes[i + 1]! : 0
    if (c >= 0xa0 || c === 0x80) if (before < 0x80 && after < 0x80) alone++
  }
  return high === 0 ? 0 : alone / high
}

// The commonest characters of running Chinese and of customer lists (names, places, headers), simplified, then those whose traditional form differs.
const commonCharacters = new Set(
  '的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从今回很己最但现由情第四五六七八九百千万亿零元角圆月号点客户订单编码名称姓氏性别电话手机邮箱址城市省份区县镇乡村街路巷楼室司企业位部门职类型状态备注明说产品商货物规格牌数量价金额总合计折扣优惠税率含运费本毛利币付款支收退取消完已未待审核签仓库渠源活动广告营销推店铺网员等级积余龄册登录创建更新修改开始结束效期限制值入润售采购供应服务投诉议满意联系负责跟记间王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾郝龚邵钱严覃武戴莫孔向汤伟芳娜秀英敏静丽强磊洋艳勇杰娟涛超霞平刚桂兰红华玉梅文志春海珍荣爱霖宇浩轩涵梓欣怡佳琪雨泽晨博思嘉俊北京津重庆东深圳浙杭州南汉西安川湖山河福厦台湾香港澳雄桃园竹男女士先太姐左右内外低长短旧老少黑蓝绿紫色包装盒件条双套瓶袋茶咖啡酒水果牛奶衣鞋帽裤裙表脑书笔具玩食化妆护肤精礼卡券' +
    '這為來箇個們說國時於會後對著裡裏過發軍無麼經當與學進種將還見沒從現萬億圓號點戶訂單編碼稱別電話機郵區縣鎮鄉樓業門職類狀態備註產貨規數價額總計優稅運費幣審籤簽倉庫動廣營銷鋪網員級積餘齡冊錄創開結潤採購應務訴議滿聯繫係負責記間張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇呂盧鍾鐘譚陸範賈韋鄒閆龍賀顧龔錢嚴湯偉靜麗強豔艷傑濤剛蘭紅華榮愛軒澤慶東漢廈臺灣園內長舊藍綠裝條雙褲腦書筆妝護膚禮' +
    '，。、；：？！（）《》“”‘’【】「」『』￥％＋－＝／０１２３４５６７８９　',
)
