import type { Technique } from '../technique.ts'

/** The three techniques that the product brings along (G-20 … G-22), and when each is proposed. Their codes are those by which cases describe a situation. */
export const shippedTechniques: readonly Technique[] = [
  {
    id: '0198c0de-0030-7000-8000-000000000101',
    key: 'calm-anger',
    name: { en: 'Calm the anger', 'zh-CN': '平抑怒气法', 'zh-TW': '平抑怒氣法' },
    body: {
      en: 'Fits every complaint and is used the most. Stay modest, let the customer tell everything, and come to the cause together. Whoever is heard and gets a clear promise calms down; whoever is corrected gets louder.\n\n- Do not interrupt, and do not explain before you have understood.\n- Say first what you have understood, then where you stand.\n- Promise only what you can keep, with a day, and keep it.',
      'zh-CN':
        '适用于所有投诉，也是用得最多的一种。态度谦和，让客户把话说完，再一起找到原因。被认真听取并得到明确承诺的人会平静下来，被纠正的人只会更激动。\n\n- 不打断，没听明白之前不解释。\n- 先说您听明白了什么，再说我们的态度。\n- 只承诺做得到的事，说明日期，并且做到。',
      'zh-TW':
        '適用於所有客訴，也是用得最多的一種。態度謙和，讓客戶把話說完，再一起找到原因。被認真傾聽並得到明確承諾的人會平靜下來，被糾正的人只會更激動。\n\n- 不打斷，還沒聽懂之前不解釋。\n- 先說您聽懂了什麼，再說我們的態度。\n- 只承諾做得到的事，說明日期，並且做到。',
    },
    points: [
      {
        key: 'listen',
        kind: 'note',
        title: { en: 'Listen: what is it about?', 'zh-CN': '一听：客户不满的要点', 'zh-TW': '一聽：客戶不滿的要點' },
        hint: {
          en: 'The gist in one or two sentences, in the customer’s words.',
          'zh-CN': '用客户的话，一两句写下要点。',
          'zh-TW': '用客戶的話，一兩句寫下要點。',
        },
      },
      {
        key: 'position',
        kind: 'note',
        title: { en: 'State your position: where do we stand?', 'zh-CN': '二表态：我们的态度', 'zh-TW': '二表態：我們的態度' },
        hint: {
          en: 'What you said so that the customer feels taken seriously.',
          'zh-CN': '您说了什么，让客户感到我们的诚意。',
          'zh-TW': '您說了什麼，讓客戶感受到我們的誠意。',
        },
      },
      {
        key: 'promise',
        kind: 'promise',
        title: { en: 'Promise: what happens by when?', 'zh-CN': '三承诺：什么时候做到什么', 'zh-TW': '三承諾：什麼時候做到什麼' },
        hint: {
          en: 'Solved at once, or a promise with a day. It is followed up.',
          'zh-CN': '当场解决，或给出带日期的承诺；到期会提醒。',
          'zh-TW': '當場解決，或給出附日期的承諾；到期會提醒。',
        },
      },
    ],
    rules: [
      { when: { mood: ['angry'] }, against: false },
      { when: { mood: ['anxious'] }, against: false },
      { when: { mood: ['angry'], caseKind: ['complaint', 'claim'] }, against: false },
    ],
    minimumExperience: null,
    isDefault: true,
    active: true,
  },
  {
    id: '0198c0de-0030-7000-8000-000000000102',
    key: 'tactful-denial',
    name: { en: 'Tactful denial', 'zh-CN': '委婉否认法', 'zh-TW': '委婉否認法' },
    body: {
      en: 'For objections before a purchase and for customers who are sure of themselves. Grant first what is right in the objection, then add your own view, as one among others. It clears up a wrong idea and invites the customer to say more.\n\n- “Yes, but” is heard as “no”. Say “yes, and”, or name the condition with “unless”.\n- Give a reason that the customer can check.\n- Leave a way to agree without losing face.',
      'zh-CN':
        '适用于购买前的异议，以及对自己的看法很有把握的客户。先肯定异议里对的部分，再补充自己的看法，把它当作多种看法之一。既能澄清误解，又鼓励客户多说一些。\n\n- “是的，但是”听起来就是“不”。改说“是…而…”，或用“除非”说明条件。\n- 给出客户可以自己核对的理由。\n- 给客户留台阶，不伤面子。',
      'zh-TW':
        '適用於購買前的異議，以及對自己的看法很有把握的客戶。先肯定異議中對的部分，再補充自己的看法，把它當作多種看法之一。既能澄清誤解，又鼓勵客戶多說一些。\n\n- 「是的，但是」聽起來就是「不」。改說「是…而…」，或用「除非」說明條件。\n- 給出客戶可以自己核對的理由。\n- 給客戶留餘地，不傷面子。',
    },
    points: [
      {
        key: 'affirm',
        kind: 'note',
        title: { en: 'What is right in the objection?', 'zh-CN': '异议里对的是什么', 'zh-TW': '異議中對的是什麼' },
        hint: {
          en: 'Say it before anything else.',
          'zh-CN': '先说这一点，再说别的。',
          'zh-TW': '先說這一點，再說別的。',
        },
      },
      {
        key: 'view',
        kind: 'note',
        title: { en: 'Our view, without “but”', 'zh-CN': '我们的看法（不用“但是”）', 'zh-TW': '我們的看法（不用「但是」）' },
        hint: {
          en: 'Join it with “and” or “unless”.',
          'zh-CN': '用“而”或“除非”连接。',
          'zh-TW': '用「而」或「除非」連接。',
        },
      },
    ],
    rules: [
      { when: { mood: ['conceited'] }, against: false },
      { when: { cause: ['wrong-idea'] }, against: false },
      { when: { occasion: ['purchase-objection'] }, against: false },
      { when: { mood: ['conceited'], occasion: ['purchase-objection'] }, against: false },
      { when: { mood: ['angry'] }, against: true },
    ],
    minimumExperience: null,
    isDefault: false,
    active: true,
  },
  {
    id: '0198c0de-0030-7000-8000-000000000103',
    key: 'transformation',
    name: { en: 'Transformation', 'zh-CN': '转化法', 'zh-TW': '轉化法' },
    body: {
      en: 'For complaints that come from a misunderstanding. The customer is brought to see what happened, lightly and without being shown up; then there is nothing left to complain about. It takes experience: done clumsily, it sounds like mockery and makes things worse.\n\n- Make sure first that it is a misunderstanding, and not our fault in other words.\n- Let the customer find it: a picture, the order, a short trial.\n- Take the share that we have in it: something was not clear enough.',
      'zh-CN':
        '适用于由误解引起的投诉。轻松自然地让客户看到事情的原委，不让人难堪；误解消除了，投诉也就不存在了。这需要经验：做得生硬，听起来像嘲讽，反而弄巧成拙。\n\n- 先确认真的是误解，而不是换了说法的我们的过错。\n- 让客户自己发现：一张图片、一张订单、试一下。\n- 承担我们的那一份：有些地方没有说清楚。',
      'zh-TW':
        '適用於由誤解引起的客訴。輕鬆自然地讓客戶看到事情的原委，不讓人難堪；誤解消除了，客訴也就不存在了。這需要經驗：做得生硬，聽起來像嘲諷，反而弄巧成拙。\n\n- 先確認真的是誤解，而不是換了說法的我們的過失。\n- 讓客戶自己發現：一張圖片、一張訂單、試一下。\n- 承擔我們的那一份：有些地方沒有說清楚。',
    },
    points: [
      {
        key: 'misunderstanding',
        kind: 'note',
        title: { en: 'What was understood, and what is so?', 'zh-CN': '客户怎么理解，实际是怎样', 'zh-TW': '客戶怎麼理解，實際是怎樣' },
        hint: {
          en: 'Both in one sentence each.',
          'zh-CN': '各用一句话写清。',
          'zh-TW': '各用一句話寫清楚。',
        },
      },
      {
        key: 'turn',
        kind: 'note',
        title: { en: 'How does the customer see it for themselves?', 'zh-CN': '怎样让客户自己看到', 'zh-TW': '怎樣讓客戶自己看到' },
        hint: {
          en: 'What you show, ask or try together.',
          'zh-CN': '出示什么、问什么、一起试什么。',
          'zh-TW': '出示什麼、問什麼、一起試什麼。',
        },
      },
      {
        key: 'share',
        kind: 'note',
        title: { en: 'Our share in it', 'zh-CN': '我们没做好的地方', 'zh-TW': '我們沒做好的地方' },
        hint: {
          en: 'What we could have said more clearly.',
          'zh-CN': '哪些话我们本可以说得更清楚。',
          'zh-TW': '哪些話我們本來可以說得更清楚。',
        },
      },
    ],
    rules: [
      { when: { mood: ['mistaken'] }, against: false },
      { when: { mood: ['misunderstanding'] }, against: false },
      { when: { cause: ['misunderstanding'] }, against: false },
      { when: { mood: ['angry'] }, against: true },
    ],
    minimumExperience: 4,
    isDefault: false,
    active: true,
  },
]
