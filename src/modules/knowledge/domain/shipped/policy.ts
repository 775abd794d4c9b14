import type { ShippedArticle } from './articles.ts'

/** What customers may read about how we deal with complaints (G-12), as a draft: it speaks in the company's name, so somebody there reads it first. */
export const shippedPolicy: ShippedArticle = {
  id: '0198c0de-0030-7000-8000-000000000305',
  key: 'policy',
  kind: 'policy',
  category: null,
  tags: ['complaint'],
  ownerRole: 'executive',
  needsAcknowledgement: false,
  published: false,
  content: {
    title: { en: 'How we deal with complaints', 'zh-CN': '我们如何处理投诉', 'zh-TW': '我們如何處理客訴' },
    body: {
      en: `Whoever complains gives us the chance to mend something. That is why it is easy, costs nothing, and never harms you.

## How you can complain
- In person, by telephone, by e-mail, or on our website, at any hour and in your language.
- Somebody else may do it for you.
- Tell us what happened and what you would like us to do.

## What we do then
- We confirm that your complaint has arrived, with its number and the day by which you hear from us.
- Where we can help at once, we do, before we ask whose fault it was.
- Somebody who is not concerned looks into it. You are asked where we do not know enough.
- You hear what we found, what we propose and why. Whatever you are offered, you may say no.
- If it takes longer, we tell you before the day is over, and why.

## If you are not content
- Tell us. Somebody who has not dealt with it before looks at it again.
- If we do not come to an agreement, you hear our final position in writing and where else you can turn to.

## What we do with it
- We treat what you tell us in confidence.
- We look for the cause, remove it, and watch whether it comes back.`,
      'zh-CN': `愿意投诉的客户，是在给我们改正的机会。所以投诉很方便，不收费，也绝不会给您带来任何不利。

## 怎样投诉
- 当面、电话、电子邮件或网站，任何时间，用您习惯的语言。
- 可以请别人代为提出。
- 请告诉我们发生了什么，希望我们怎么做。

## 我们会怎样做
- 确认收到，告知编号和答复日期。
- 能马上帮忙的马上帮，不先问是谁的责任。
- 由与此事无关的同事调查；情况不清楚时会向您了解。
- 告诉您调查结果、处理方案和理由。无论方案如何，您都可以不接受。
- 如果需要更长时间，会在答复日期之前告诉您，并说明原因。

## 如果您不满意
- 请告诉我们，由没有经手过的同事重新查看。
- 如果仍然不能达成一致，我们会书面告知最终答复，以及您还可以向哪里提出。

## 我们怎样对待您的投诉
- 您告诉我们的内容，我们会保密。
- 我们会查找原因、消除原因，并观察是否再次发生。`,
      'zh-TW': `願意反映問題的客戶，是在給我們改正的機會。所以提出客訴很方便，不收費，也絕不會為您帶來任何不利。

## 怎樣提出
- 當面、電話、電子郵件或網站，任何時間，用您習慣的語言。
- 可以請別人代為提出。
- 請告訴我們發生了什麼，希望我們怎麼做。

## 我們會怎樣做
- 確認收到，告知編號和答覆日期。
- 能馬上幫忙的馬上幫，不先問是誰的責任。
- 由與此事無關的同事調查；情況不清楚時會向您瞭解。
- 告訴您調查結果、處理方案和理由。無論方案如何，您都可以不接受。
- 如果需要更長時間，會在答覆日期之前告訴您，並說明原因。

## 如果您不滿意
- 請告訴我們，由沒有經手過的同事重新查看。
- 如果仍然不能達成一致，我們會以書面告知最終答覆，以及您還可以向哪裡提出。

## 我們怎樣對待您的客訴
- 您告訴我們的內容，我們會保密。
- 我們會查找原因、消除原因，並觀察是否再次發生。`,
    },
    items: [],
  },
}
