/**
 * The accounts that the page offers as one-click choices: none here, because the product has no users of its own.
 * The demo puts a list in the place of this file.
 *
 * @type {{login: string, passcode: string}[]}
 */
export const accounts = [];
