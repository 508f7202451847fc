Console.WriteLine("township");
