/** What anyone may call without signing in, with what it asks for instead. Written by hand, so that a new open door has to be thought about. */
export const openEndpoints: Readonly<Record<string, string>> = {
  'GET /organization/state': 'nothing: whether the product is set up, and what the company is called',
  'POST /organization/first-administrator': 'the token of the address that is printed once, while there is nobody',
  'GET /organization/session': 'nothing: who one is, which is nobody',
  'POST /organization/invitations/opening': 'the token of an invitation',
  'POST /organization/invitations/acceptance': 'the token of an invitation',
  'GET /knowledge/complaint-policy': 'nothing: how the company deals with complaints, once somebody has published it for customers',
  'GET /p/': 'nothing: what every customer may see',
  'POST /p/language': 'a form that we showed; it changes nothing but a cookie of the browser that sends it',
  'GET /p/complaint': 'nothing: an empty form',
  'POST /p/complaint': 'a form that we showed; what comes of it is seen by a private link alone',
  'GET /p/suggestion': 'nothing: an empty form',
  'POST /p/suggestion': 'a form that we showed; what comes of it is seen by a private link alone',
  'GET /p/enquiry': 'nothing: an empty form',
  'POST /p/enquiry': 'a form that we showed; what comes of it is seen by a private link alone',
  'GET /p/follow': 'nothing: an empty form',
  'POST /p/follow': 'a form that we showed; a link goes by mail to the address that is known, and nothing is said',
  'GET /p/policy': 'a complaint policy that somebody has published for customers',
  'GET /p/said': 'nothing: what somebody who may publish has put there for everybody',
  'GET /p/case/:token': 'the private link of one case',
  'POST /p/case/:token/messages': 'the private link of one case',
  'POST /p/case/:token/withdrawal': 'the private link of one case',
  'POST /p/case/:token/feedback': 'the private link of one case',
  'POST /p/case/:token/quote-answer': 'the private link of one case',
  'POST /p/case/:token/remedy-answer': 'the private link of one case',
  'POST /p/case/:token/appeal': 'the private link of one case',
  'GET /case-links/:token/events': 'the private link of one case',
  'GET /case-links/:token/files/:fileId': 'the private link of one case, and a file of its conversation',
  'GET /p/counter/:token': 'the address of a display, which says numbers and nothing of anybody',
  'GET /counter-displays/:token/events': 'the address of a display, which says numbers and nothing of anybody',
  'GET /commitments/feeds/:token': 'the private address of one person’s calendar',
  'POST /order-intake/:token': 'the address of a shop, and its signature on each message',
}

/**
 * The routes of the door, with how far somebody must have come: 'nobody' comes from outside and is slowed down by attempts, 'half' has given the password and must give or set up the second
 * factor, 'session' is in.
 */
export const signInRoutes: Readonly<Record<string, 'nobody' | 'half' | 'session'>> = {
  'POST /api/auth/sign-in/email': 'nobody',
  'POST /api/auth/sign-in/second-factor': 'half',
  'POST /api/auth/sign-out': 'nobody',
  'POST /api/auth/request-password-reset': 'nobody',
  'POST /api/auth/reset-password': 'nobody',
  'GET /api/auth/single-sign-on': 'nobody',
  'GET /api/auth/single-sign-on/return': 'nobody',
  'POST /api/auth/single-sign-on/connection': 'session',
  'POST /api/auth/change-password': 'session',
  'POST /api/auth/second-factor': 'half',
  'POST /api/auth/second-factor/confirmation': 'half',
  'POST /api/auth/second-factor/recovery-codes': 'session',
  'POST /api/auth/second-factor/removal': 'session',
}
