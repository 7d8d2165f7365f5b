writbase.find = (text, how) => settled(() => find(text, how));
