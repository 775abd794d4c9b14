/** What anyone may call without signing in, with what it asks for instead. Written by hand, so that a new open door has to be thought about. */
export const openEndpoints: Readonly<Record<string, string>> = {
  'GET /organization/state': 'nothing: whether the product is set up, and what the company is called',
  'POST /organization/first-administrator': 'the token of the address that is printed once, while there is nobody',
  'GET /organization/session': 'nothing: who one is, which is nobody',
  'POST /organization/invitations/opening': 'the token of an invitation',
  'POST /organization/invitations/acceptance': 'the token of an invitation',
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
