export const languages = ['en', 'zh-CN', 'zh-TW'] as const
export type Language = (typeof languages)[number]

/** Signs that are written in one way in simplified and in another in traditional Chinese; each pair in this order. Those that stand in both, such as 里 and 后, are left out. */
const pairs =
  '这這来來时時对對没沒还還过過国國会會学學发發为為样樣见見间間问問题題请請谢謝费費订訂单單货貨运運坏壞损損赔賠偿償账帳户戶电電话話联聯邮郵质質产產态態处處线線网網业業务務员員经經营營门門铺鋪买買卖賣钱錢价價购購换換图圖报報证證实實际際应應该該给給让讓从從两兩开開关關气氣车車东東马馬鱼魚鸟鳥龙龍长長万萬与與专專书書习習乡鄉亲親众眾优優传傳伤傷体體债債儿兒决決况況净淨减減击擊则則刚剛办辦动動劳勞势勢区區协協厂廠历歷压壓县縣号號吗嗎听聽启啟响響园園围圍场場块塊声聲备備复復够夠头頭夺奪奖獎妇婦孙孫宁寧宝寶审審宽寬导導层層岁歲岛島师師带帶帮幫库庫废廢张張弹彈强強归歸当當录錄忆憶忧憂怀懷战戰执執扩擴扫掃护護择擇担擔据據挤擠挥揮掷擲敌敵数數断斷旧舊显顯晓曉暂暫术術机機杀殺权權条條极極构構标標档檔桥橋检檢楼樓欢歡残殘毁毀汇匯汉漢汤湯泪淚洁潔浅淺测測济濟浓濃涨漲渐漸温溫湿濕满滿灭滅灯燈灵靈点點烂爛热熱爱愛状狀独獨猫貓环環现現疗療监監盖蓋盘盤矿礦码碼础礎礼禮离離种種积積稳穩穷窮竞競笔筆简簡类類粮糧紧緊约約红紅级級纯純纳納纸紙练練组組细細织織终終绍紹结結绝絕统統继繼绩績续續维維综綜绿綠编編缘緣缩縮罗羅职職肤膚脏髒脑腦脚腳脸臉舰艦艺藝节節苏蘇荐薦药藥获獲虑慮虽雖补補装裝观觀规規视視览覽觉覺触觸计計认認讨討训訓议議记記讲講许許论論设設访訪评評识識诉訴词詞试試诗詩诚誠详詳语語误誤说說诸諸课課谁誰调調谈談贝貝负負财財责責败敗贯貫贵貴贷貸贺賀资資赏賞赖賴赚賺赛賽赠贈赶趕趋趨跃躍转轉轮輪软軟轻輕载載较較输輸辑輯边邊达達迁遷进進远遠违違连連迟遲适適选選递遞遗遺邻鄰释釋针針钟鐘钢鋼铁鐵银銀错錯锁鎖锅鍋键鍵闭閉闻聞队隊阳陽阴陰阵陣阶階陆陸险險随隨难難雾霧静靜页頁顶頂项項顺順须須顾顧顿頓预預领領频頻颜顏额額风風飞飛饭飯饮飲饰飾饱飽饼餅馆館驱驅验驗骗騙鲜鮮鸡雞鸭鴨麦麥齐齊齿齒们們个個别別'

const simplified = new Set<string>()
const traditional = new Set<string>()
const signs = [...pairs]
for (let i = 0; i + 1 < signs.length; i += 2) {
  if (signs[i] === signs[i + 1]) continue
  simplified.add(signs[i]!)
  traditional.add(signs[i + 1]!)
}

/** More says nothing more. */
const mostSigns = 10_000
/** A Chinese sign says about as much as this many letters. */
const lettersOfSign = 3

/**
 * In which of our languages a text is written, by its signs: Chinese, simplified or traditional by what is written differently in the two, or what is written in Latin letters, to which English is the nearest. Null
 * where it is too little to tell, or another script. Addresses count for nothing. Pure.
 */
export function guessedLanguage(text: string): Language | null {
  const count = { han: 0, latin: 0, other: 0, simplified: 0, traditional: 0 }
  for (const sign of text.slice(0, mostSigns).replace(/\S*(?:@|:\/\/|www\.)\S*/g, ' ')) {
    if (/\p{Script=Han}/u.test(sign)) {
      count.han++
      if (simplified.has(sign)) count.simplified++
      if (traditional.has(sign)) count.traditional++
    } else if (/\p{Script=Latin}/u.test(sign)) count.latin++
    else if (/\p{L}/u.test(sign)) count.other++
  }
  const han = count.han * lettersOfSign
  // Japanese is Han with letters of its own among it.
  if (count.other * lettersOfSign > Math.max(han / 4, count.latin)) return null
  if (han > count.latin) return count.han < 2 ? null : count.traditional > count.simplified ? 'zh-TW' : 'zh-CN'
  return count.latin < 4 ? null : 'en'
}
