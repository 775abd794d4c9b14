import type { ArticleKind, Content, Item } from '../article.ts'
import { emptyTexts, type Texts } from '../texts.ts'
import { shippedPolicy } from './policy.ts'
import { shippedPrevention } from './prevention.ts'

export interface ShippedArticle {
  readonly id: string
  readonly key: string
  readonly kind: ArticleKind
  readonly category: string | null
  readonly tags: readonly string[]
  readonly ownerRole: string | null
  readonly needsAcknowledgement: boolean
  /** Whether everybody reads it from the first day. What speaks to customers in the company's name waits for somebody to say yes. */
  readonly published: boolean
  readonly content: Content
}

const texts = (en: string, simplified: string, traditional: string): Texts => ({ en, 'zh-CN': simplified, 'zh-TW': traditional })
const item = (key: string, title: Texts, hint: Texts = emptyTexts): Item => ({ key, title, hint })

const guide: ShippedArticle = {
  id: '0198c0de-0030-7000-8000-000000000301',
  key: 'guide',
  kind: 'guide',
  category: null,
  tags: ['complaint', 'desk'],
  ownerRole: 'supervisor',
  needsAcknowledgement: false,
  published: true,
  content: {
    title: texts('Six actions at the desk', '接待六步', '接待六步'),
    body: texts(
      'In this order: people want to be heard first, then helped. What was put right is asked about, and what caused it is removed.',
      '按这个顺序做：客户先要有人听，再要有人解决。补救之后要回访，原因要彻底消除。',
      '依這個順序做：客戶先要有人聽，再要有人解決。補救之後要回訪，原因要徹底消除。',
    ),
    items: [
      item(
        'vent',
        texts('Let the customer let off steam', '让客户发泄不满', '讓客戶宣洩不滿'),
        texts(
          'Listen to the end. Note the gist in their words. No explanations yet.',
          '听到最后，用客户的话记下要点，先不解释。',
          '聽到最後，用客戶的話記下要點，先不解釋。',
        ),
      ),
      item(
        'understand',
        texts('Show that you understand', '表达对客户的理解', '表達對客戶的理解'),
        texts(
          'Say back what you heard and what it meant for the customer. Apologise where it is due.',
          '复述听到的内容，说出这件事给客户带来的影响；该道歉就道歉。',
          '複述聽到的內容，說出這件事為客戶帶來的影響；該道歉就道歉。',
        ),
      ),
      item(
        'solve',
        texts('Solve the problem', '积极解决问题', '積極解決問題'),
        texts(
          'Help first; whose fault it was comes later. Promise only what you can keep, with a day.',
          '先帮客户解决，谁的责任以后再说。只承诺做得到的事，并说明日期。',
          '先幫客戶解決，誰的責任以後再說。只承諾做得到的事，並說明日期。',
        ),
      ),
      item(
        'make-good',
        texts('Make good for the trouble', '提供补救性服务', '提供補救性服務'),
        texts(
          'Something beyond the mere repair, within your limit: it brings trust back.',
          '在权限之内多做一点，挽回信任。',
          '在權限之內多做一點，挽回信任。',
        ),
      ),
      item(
        'ask',
        texts('Ask whether the customer is content', '核查客户满意度', '查核客戶滿意度'),
        texts(
          'Not at once, but after it was done. If not, begin again.',
          '不是当场问，而是办完之后回访。不满意就再来一遍。',
          '不是當場問，而是辦完之後回訪。不滿意就再來一遍。',
        ),
      ),
      item(
        'root',
        texts('Find the cause and remove it', '寻根求源，彻底消灭问题', '尋根求源，徹底消滅問題'),
        texts(
          'Record the cause, tell everybody in the company, and look whether it comes back.',
          '记录原因，通报全公司，并观察是否再次发生。',
          '記錄原因，通報全公司，並觀察是否再次發生。',
        ),
      ),
    ],
  },
}

const conduct: ShippedArticle = {
  id: '0198c0de-0030-7000-8000-000000000302',
  key: 'conduct',
  kind: 'conduct',
  category: null,
  tags: ['complaint', 'desk'],
  ownerRole: 'supervisor',
  needsAcknowledgement: false,
  published: true,
  content: {
    title: texts('How we deal with customers', '与客户打交道的准则', '與客戶往來的準則'),
    body: texts('Short enough to keep in mind during a call.', '短到通话中也记得住。', '短到通話中也記得住。'),
    items: [
      item(
        'no-argument',
        texts('We never argue', '不争辩', '不爭辯'),
        texts(
          'Whoever wins an argument loses the customer. A case in which somebody argued has not passed, whatever else was good.',
          '争赢了，就失去了客户。只要争辩了，这件事就不合格，其他做得再好也一样。',
          '爭贏了，就失去了客戶。只要爭辯了，這件事就不合格，其他做得再好也一樣。',
        ),
      ),
      item(
        'good-end',
        texts('We look for an end that both can live with', '以圆满为方向', '以圓滿為方向'),
        texts('Not for who is right.', '不追究谁对谁错。', '不追究誰對誰錯。'),
      ),
      item(
        'take-seriously',
        texts('We take every question and every idea seriously', '重视客户的每个问题和建议', '重視客戶的每個問題和建議'),
        texts(
          'Also the small, the odd, and the third one today.',
          '小事、怪事、今天第三次提的事也一样。',
          '小事、怪事、今天第三次提的事也一樣。',
        ),
      ),
      item(
        'deeds',
        texts('Doing counts more than saying', '说得好不如做得好', '說得好不如做得好'),
        texts('A promise has a day, and somebody who keeps it.', '承诺要有日期，有人负责兑现。', '承諾要有日期，有人負責兌現。'),
      ),
      item(
        'help-first',
        texts('First we help, then we ask whose fault it was', '先解决问题，再分清责任', '先解決問題，再釐清責任'),
        texts(
          'To the customer we are one company: nobody is sent on to somebody else.',
          '对客户来说我们是一个整体：不推诿，不让客户自己去找别人。',
          '對客戶來說我們是一個整體：不推諉，不讓客戶自己去找別人。',
        ),
      ),
      item(
        'own-mistakes',
        texts('We say plainly when we were wrong', '错了就坦率承认', '錯了就坦率承認'),
        texts('An apology comes early, and without “but”.', '道歉要早，也不带“但是”。', '道歉要早，也不帶「但是」。'),
      ),
    ],
  },
}

const credo: ShippedArticle = {
  id: '0198c0de-0030-7000-8000-000000000303',
  key: 'credo',
  kind: 'credo',
  category: null,
  tags: ['culture'],
  ownerRole: 'executive',
  needsAcknowledgement: true,
  published: false,
  content: {
    title: texts('Regular guests deserve the best of hosts', '把每位客人当作熟客', '把每位客人當作熟客'),
    body: texts(
      'Our motto stands above; below stands what follows from it for every one of us. Write it in your own words, publish it, and everybody is asked to stand by it.',
      '上面是我们的座右铭，下面是它对每个人的要求。请改成自己的话再发布，发布后会请每位同事确认。',
      '上面是我們的座右銘，下面是它對每個人的要求。請改成自己的話再發布，發布後會請每位同事確認。',
    ),
    items: [
      item(
        'respect',
        texts(
          'We meet every guest as we would want to be met ourselves',
          '希望别人怎样待我，我就怎样待客',
          '希望別人怎樣待我，我就怎樣待客',
        ),
      ),
      item('detail', texts('No corner is too small to be looked after', '再小的角落也不放过', '再小的角落也不放過')),
      item('own', texts('Whoever hears of a problem owns it until it is solved', '谁先听到问题，谁负责到底', '誰先聽到問題，誰負責到底')),
      item('others', texts('We think of others without being asked to', '为他人着想，不必别人提醒', '為他人著想，不必別人提醒')),
      item(
        'learn',
        texts(
          'We talk openly about mistakes, so that each happens only once',
          '坦诚谈论差错，同样的差错不犯第二次',
          '坦誠談論差錯，同樣的差錯不犯第二次',
        ),
      ),
    ],
  },
}

const inspection: ShippedArticle = {
  id: '0198c0de-0030-7000-8000-000000000304',
  key: 'details',
  kind: 'inspection',
  category: null,
  tags: ['culture', 'details'],
  ownerRole: 'supervisor',
  needsAcknowledgement: false,
  published: true,
  content: {
    title: texts('Inspection of details', '细节检查表', '細節檢查表'),
    body: texts(
      'Walk in as a customer would. Each point gets 0 (not at all) to 5 (nothing to wish for); leave out what does not apply.',
      '像客户一样走进来。每项打 0 分（完全没做到）到 5 分（无可挑剔）；不适用的不打分。',
      '像客戶一樣走進來。每項打 0 分（完全沒做到）到 5 分（無可挑剔）；不適用的不打分。',
    ),
    items: [
      item('clean', texts('Clean everywhere, also where nobody looks', '处处干净，没人看的地方也干净', '處處乾淨，沒人看的地方也乾淨')),
      item(
        'welcome',
        texts('Greeted within half a minute, with eyes and voice', '半分钟内有人招呼，有目光、有声音', '半分鐘內有人招呼，有目光、有聲音'),
      ),
      item('appearance', texts('Clothes and name badges in order', '着装整洁，佩戴名牌', '服裝整潔，佩戴名牌')),
      item(
        'signs',
        texts('Signs, prices and hours are right and easy to read', '标识、价格、营业时间准确易读', '標示、價格、營業時間準確易讀'),
      ),
      item('phone', texts('The telephone is answered by the third ring', '电话三声之内接听', '電話三聲之內接聽')),
      item('complain', texts('How to complain is seen without looking for it', '投诉渠道一眼看得到', '客訴管道一眼看得到')),
      item('goodbye', texts('Nobody leaves without a word of thanks', '每位客人离开都听到一声谢谢', '每位客人離開都聽到一聲謝謝')),
    ],
  },
}

/** What the product brings along to read, to agree on and to go through. */
export const shippedArticles: readonly ShippedArticle[] = [guide, conduct, credo, inspection, shippedPolicy, ...shippedPrevention]
