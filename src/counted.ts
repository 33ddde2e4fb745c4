/** "1 mail", "2 mails": in what is printed for operators, which is in English. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
