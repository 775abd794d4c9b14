/** What a request carries as `Authorization: Bearer …`, or null. What stands behind any other word is somebody else's, such as a proxy's. */
export const bearerOf = (request: Request): string | null =>
  /^Bearer +(\S{1,200}) *$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null
