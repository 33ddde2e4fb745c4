// Loaded before the program (`node --import`): at SIGUSR2 a part of it fails over what somebody wrote, and nothing catches that.

process.on('SIGUSR2', () => {
  void Promise.resolve('Tarantella, in the night').then((text): unknown => JSON.parse(text));
});
