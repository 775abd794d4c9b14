/** Whether something that acts or is named is a user, by the form of its id: operators, the product itself and names that a file brought along are none. */
export const isUserId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
